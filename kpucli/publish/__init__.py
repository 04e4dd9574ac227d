"""Publishing: plan the pages, render them (pure), commit them (atomic)."""
