package org.vauban.plot;

import java.util.Locale;

/**
 * What is said about a figure to those who cannot see it, and the language in which its numbers are written.
 *
 * @param title what the figure shows, in a line
 * @param description what can be read off it, in a few sentences
 * @param language French writes 0,95 and English 0.95
 */
public record FigureWords(String title, String description, Locale language) {}
