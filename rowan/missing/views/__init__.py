"""The pages of children who go missing."""
