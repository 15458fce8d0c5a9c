"""Packs: what the tool knows of a therapy and of how claims are worded. Data only; no Python in a pack."""

from cryomine.packs.loader import load_pack, load_packs

__all__ = ["load_pack", "load_packs"]
