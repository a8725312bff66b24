"""What is answered in place of what was asked for, with what was typed handed back."""
