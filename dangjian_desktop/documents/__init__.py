"""What a document is: model, styles, fonts and the two renderers; knows no branch."""
