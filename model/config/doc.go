// Package config reads and changes the settings file, finds the SmartBill token, and says where the program keeps its
// files. The file is TOML. An unknown setting or a bad value is an error that names its line and key; a screen that
// changes a setting replaces the value on its line, so that the comments of its user stay.
package config
