package model

// LineTexts are the user's templates for the texts of lines. Words in braces stand for what the hours of a line share:
// {client}, {project}, {task}, {user}, {tags}, {dates}, {descriptions}, {hours}. An empty template leaves the text to the
// grouping.
type LineTexts struct {
	Name, Details string
}
