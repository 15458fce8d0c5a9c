"""A condition that no rule speaks of: what the words around it weigh for, by weights learned from annotated articles.

Backing off to a weaker model where the stronger one is silent is Katz's idea (1987) for n-grams; the weaker one here
is a logistic regression (Cox 1958). Rules come first: what one of them claimed or refused is not weighed.
"""

from cryomine.extraction.backoff.weighing import weigh

__all__ = ["weigh"]
