"""Models answered in this process by Transformers; torch is imported only when one is opened."""
