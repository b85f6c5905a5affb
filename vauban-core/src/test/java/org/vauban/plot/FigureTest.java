package org.vauban.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Goldens are rewritten with {@code -Dvauban.golden.write=true}; look at them before you commit them. */
class FigureTest {
    static List<Named<Figure>> figures() {
        return FigureExamples.all().stream()
                .map(figure -> Named.of(figure.id(), figure))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("figures")
    void drawsTheSameBytesAsTheGoldenFile(Figure figure) throws IOException {
        for (Layout layout : Layout.values()) {
            String name = figure.id() + "-" + layout.name().toLowerCase(Locale.ROOT) + ".svg";

            String drawn = figure.standalone(layout);

            if (Boolean.getBoolean("vauban.golden.write")) {
                Files.writeString(Path.of("src/test/resources/org/vauban/plot", name), drawn);
                continue;
            }
            try (InputStream golden = FigureTest.class.getResourceAsStream(name)) {
                assertThat(golden).as(name).isNotNull();
                assertThat(drawn).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("figures")
    void isWellFormedAndSpeaksToThoseWhoCannotSeeIt(Figure figure) throws Exception {
        for (Layout layout : Layout.values()) {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(figure.standalone(layout))));

            var root = document.getDocumentElement();

            assertThat(root.getAttribute("role")).isEqualTo("img");
            String[] named = root.getAttribute("aria-labelledby").split(" ", -1);
            assertThat(text(document, "title", named[0]))
                    .isEqualTo(figure.words().title());
            assertThat(text(document, "desc", named[1]))
                    .isEqualTo(figure.words().description());
        }
    }

    @ParameterizedTest
    @MethodSource("figures")
    void needsNoScriptNoInlineStyleAndNothingFromElsewhere(Figure figure) {
        String inPage = figure.inPage();

        assertThat(inPage)
                .doesNotContain("<script", " style=", "<style", "href", "url(", "http", "javascript", "@import");
        assertThat(inPage).doesNotContainPattern("\\son[a-z]+=");
        assertThat(figure.standalone(Layout.WIDE).replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("http", "url(");
    }

    @ParameterizedTest
    @MethodSource("figures")
    void everyElementStaysInsideThePicture(Figure figure) {
        for (Layout layout : Layout.values()) {
            String svg = figure.standalone(layout);
            Matcher box = Pattern.compile("viewBox=\"0 0 (\\S+) (\\S+)\"").matcher(svg);
            assertThat(box.find()).isTrue();
            double width = Double.parseDouble(box.group(1));
            double height = Double.parseDouble(box.group(2));

            Matcher text = Pattern.compile(
                            "<text x=\"(\\S+)\" y=\"(\\S+)\"[^>]*font-size=\"(\\S+?)\"([^>]*)>([^<]*)</text>")
                    .matcher(svg);

            while (text.find()) {
                double x = Double.parseDouble(text.group(1));
                double wide = TextMeasure.width(text.group(5), Double.parseDouble(text.group(3)));
                double from =
                        text.group(4).contains("end") ? x - wide : text.group(4).contains("middle") ? x - wide / 2 : x;
                assertThat(from).as(text.group(5)).isGreaterThanOrEqualTo(-3);
                assertThat(from + wide).as(text.group(5)).isLessThanOrEqualTo(width + 6);
                assertThat(Double.parseDouble(text.group(2))).isBetween(8.0, height);
            }
        }
    }

    @Test
    void textOfOthersIsEscaped() {
        Figure figure = new AttritionFigure(
                "flow",
                new FigureWords("<script>alert(1)</script>", "\"&'\u0007", Locale.ENGLISH),
                List.of("<b>"),
                List.of(new AttritionFigure.Step("a & b", List.of(new AttritionFigure.Cell("<1", "")))));

        String drawn = figure.inPage();

        assertThat(drawn).doesNotContain("<script>", "<b>", "\u0007");
        assertThat(drawn).contains("&lt;script&gt;alert(1)&lt;/script&gt;", "a &amp; b", "&lt;1", "&quot;&amp;&#39;<");
    }

    @Test
    void textHasEnoughContrastInLightAndDark() {
        for (String theme : List.of("light", "dark")) {
            String css = FigureStyle.css();
            int from = theme.equals("light") ? 0 : css.indexOf("prefers-color-scheme: dark");
            String ground = colour(css, "--vf-ground", from);
            String panel = colour(css, "--vf-panel", from);
            for (String ink : List.of("ink", "muted", "arm-0", "arm-1", "arm-2", "arm-3")) {
                assertThat(contrast(colour(css, "--vf-" + ink, from), ground))
                        .as(theme + " " + ink)
                        .isGreaterThanOrEqualTo(4.5);
                assertThat(contrast(colour(css, "--vf-" + ink, from), panel))
                        .as(theme + " " + ink)
                        .isGreaterThanOrEqualTo(4.5);
            }
            assertThat(contrast(colour(css, "--vf-axis", from), ground)).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void numbersAreWrittenAsTheReaderWritesThem() {
        assertThat(FigureNumbers.whole(-1234567, Locale.ENGLISH)).isEqualTo("−1,234,567");
        assertThat(FigureNumbers.whole(1797, Locale.FRENCH)).isEqualTo("1\u202f797");
        assertThat(FigureNumbers.decimal(1.005, 2, Locale.FRENCH)).isEqualTo("1,01");
        assertThat(FigureNumbers.decimal(Double.POSITIVE_INFINITY, 2, Locale.ENGLISH))
                .isEqualTo("∞");
        assertThat(FigureNumbers.percent(0.935, 1, Locale.FRENCH)).isEqualTo("93,5\u00a0%");
    }

    @Test
    void ticksOfDaysAreWeeksMonthsAndYears() {
        assertThat(KaplanMeierFigure.dayTicks(31)).containsExactly(0.0, 7.0, 14.0, 21.0, 28.0);
        assertThat(KaplanMeierFigure.dayTicks(1000)).containsExactly(0.0, 180.0, 360.0, 540.0, 720.0, 900.0);
    }

    private static String text(Document document, String tag, String id) {
        var found = document.getElementsByTagName(tag).item(0);
        assertThat(found.getAttributes().getNamedItem("id").getNodeValue()).isEqualTo(id);
        return found.getTextContent();
    }

    private static String colour(String css, String property, int from) {
        Matcher found = Pattern.compile(property + ":[^#;]*(#[0-9a-f]{6})").matcher(css);
        assertThat(found.find(from)).as(property).isTrue();
        return found.group(1);
    }

    private static double contrast(String left, String right) {
        double lighter = Math.max(luminance(left), luminance(right));
        double darker = Math.min(luminance(left), luminance(right));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            double value = Integer.parseInt(colour.substring(1 + 2 * channel, 3 + 2 * channel), 16) / 255.0;
            sum += weights[channel] * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
