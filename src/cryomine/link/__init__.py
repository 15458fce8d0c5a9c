"""From a surface form to a concept; knows nothing of relations and documents."""
