package org.vauban.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * A drawing under construction. Colours stand twice: as attributes for programs that know no style sheet, and as classes which the
 * style sheet paints. Coordinates are in pixels of the layout's width.
 */
final class Svg {
    static final double TEXT = 14;
    static final double SMALL = 12.5;

    private static final String FONTS = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif";
    private static final Map<String, String> FILLS = Map.of(
            "vf-ground", "#ffffff",
            "vf-ink", "#1b2430",
            "vf-muted", "#505c6b",
            "vf-panel", "#f3f6f9",
            "vf-fill-0", "#0b62a4",
            "vf-fill-1", "#b04500",
            "vf-fill-2", "#00705a",
            "vf-fill-3", "#843b78");
    private static final Map<String, String> STROKES = Map.of(
            "vf-grid", "#e4e8ed",
            "vf-axis", "#7c8896",
            "vf-mark", "#1b2430",
            "vf-panel", "#7c8896",
            "vf-line-0", "#0b62a4",
            "vf-line-1", "#b04500",
            "vf-line-2", "#00705a",
            "vf-line-3", "#843b78");
    private static final String[] DASHES = {"", "9 4", "2.5 3.5", "11 4 2.5 4"};

    /** As many arms as can be told apart. */
    static final int ARMS_MAX = DASHES.length;

    private final String id;
    private final FigureWords words;
    private final Layout layout;
    private final StringBuilder body = new StringBuilder();
    private double height;

    Svg(Figure figure, Layout layout) {
        this.id = figure.id() + (layout.isNarrow() ? "-narrow" : "-wide");
        this.words = figure.words();
        this.layout = layout;
    }

    void height(double pixels) {
        this.height = pixels;
    }

    void line(String style, double fromX, double fromY, double toX, double toY, double width) {
        body.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"%s stroke-width=\"%s\"/>\n"
                .formatted(number(fromX), number(fromY), number(toX), number(toY), stroke(style), number(width)));
    }

    void dashed(String style, double fromX, double fromY, double toX, double toY) {
        body.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"%s stroke-width=\"1\" stroke-dasharray=\"3 3\"/>\n"
                .formatted(number(fromX), number(fromY), number(toX), number(toY), stroke(style)));
    }

    /** A line in the colour and the dashes of an arm. */
    void armLine(int arm, String path) {
        String dash = DASHES[arm].isEmpty() ? "" : " stroke-dasharray=\"" + DASHES[arm] + "\"";
        body.append("<path d=\"%s\" fill=\"none\"%s stroke-width=\"2.25\" stroke-linejoin=\"round\"%s/>\n"
                .formatted(path, stroke("vf-line-" + arm), dash));
    }

    void armArea(int arm, String path) {
        body.append("<path d=\"%s\"%s fill-opacity=\"0.15\"/>\n".formatted(path, fill("vf-fill-" + arm)));
    }

    void shape(String style, String path) {
        body.append("<path d=\"%s\"%s/>\n".formatted(path, fill(style)));
    }

    void box(double left, double top, double width, double boxHeight) {
        body.append(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"4\" class=\"vf-panel\" fill=\"%s\" stroke=\"%s\"/>\n"
                        .formatted(
                                number(left),
                                number(top),
                                number(width),
                                number(boxHeight),
                                FILLS.get("vf-panel"),
                                STROKES.get("vf-panel")));
    }

    /** A round mark without outline. */
    void disc(String style, double x, double y, double radius) {
        body.append("<circle cx=\"%s\" cy=\"%s\" r=\"%s\"%s/>\n"
                .formatted(number(x), number(y), number(radius), fill(style)));
    }

    /** A coloured bar without outline. */
    void bar(String style, double left, double top, double width, double barHeight) {
        body.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"%s/>\n"
                .formatted(number(left), number(top), number(width), number(barHeight), fill(style)));
    }

    void text(String style, Anchor anchor, double size, double x, double baseline, String text) {
        text(style, anchor, size, false, x, baseline, text);
    }

    void bold(String style, Anchor anchor, double size, double x, double baseline, String text) {
        text(style, anchor, size, true, x, baseline, text);
    }

    private void text(String style, Anchor anchor, double size, boolean bold, double x, double baseline, String text) {
        body.append("<text x=\"%s\" y=\"%s\"%s font-size=\"%s\"%s%s>%s</text>\n"
                .formatted(
                        number(x),
                        number(baseline),
                        fill(style),
                        number(size),
                        anchor.attribute,
                        bold ? " font-weight=\"600\"" : "",
                        escape(text)));
    }

    String inPage() {
        return open("") + body + "</svg>";
    }

    String standalone() {
        String ground = "<rect width=\"100%%\" height=\"100%%\"%s/>\n".formatted(fill("vf-ground"));
        return open(" xmlns=\"http://www.w3.org/2000/svg\" font-family=\"" + FONTS + "\"")
                + "<style>\n" + FigureStyle.standaloneCss() + "</style>\n"
                + ground
                + body
                + "</svg>\n";
    }

    private String open(String more) {
        return """
                <svg%s class="vauban-figure %s" id="%s" viewBox="0 0 %s %s" width="100%%" role="img" aria-labelledby="%s-title %s-desc">
                <title id="%s-title">%s</title>
                <desc id="%s-desc">%s</desc>
                """.formatted(
                        more,
                        layout.isNarrow() ? "vauban-narrow" : "vauban-wide",
                        id,
                        number(layout.width()),
                        number(height),
                        id,
                        id,
                        id,
                        escape(words.title()),
                        id,
                        escape(words.description()));
    }

    private static String fill(String style) {
        return " class=\"" + style + "\" fill=\"" + FILLS.get(style) + "\"";
    }

    private static String stroke(String style) {
        return " class=\"" + style + "\" stroke=\"" + STROKES.get(style) + "\"";
    }

    /** Two decimals and no more: enough for any screen, and the same on every machine. */
    static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    static String escape(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    // Control characters have no place in XML.
                    if (character >= ' ' && character != 0x7f) {
                        escaped.appendCodePoint(character);
                    }
                }
            }
        });
        return escaped.toString();
    }

    /** Where a text's x stands. */
    enum Anchor {
        START(""),
        MIDDLE(" text-anchor=\"middle\""),
        END(" text-anchor=\"end\"");

        private final String attribute;

        Anchor(String attribute) {
            this.attribute = attribute;
        }
    }
}
