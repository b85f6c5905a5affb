package org.vauban.plot;

import java.util.ArrayList;
import java.util.List;

/** How wide a text will be, nearly: the reader's fonts are not known here, so the estimate is on the generous side. */
final class TextMeasure {
    private TextMeasure() {}

    static double width(String text, double size) {
        double ems = text.codePoints().mapToDouble(TextMeasure::ems).sum();
        return ems * size;
    }

    /** Breaks a text at spaces into lines no wider than asked; a single longer word stays whole. */
    static List<String> lines(String text, double size, double widthMax) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && width(line + " " + word, size) > widthMax) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static double ems(int character) {
        if ("ilj.,:;'|! ’\u202f\u00a0".indexOf(character) >= 0) {
            return 0.34;
        } else if ("frt()-–−/".indexOf(character) >= 0) {
            return 0.43;
        } else if ("mwMW%".indexOf(character) >= 0) {
            return 0.95;
        } else if (Character.isUpperCase(character)) {
            return 0.71;
        } else {
            return 0.61;
        }
    }
}
