"""How days and hours are printed in six languages: the vocabulary that datelines, stamps and carriers share."""
