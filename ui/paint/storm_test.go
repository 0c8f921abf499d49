package paint

func runStorm() int { return 0 }
