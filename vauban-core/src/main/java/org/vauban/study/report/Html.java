package org.vauban.study.report;

import java.util.List;
import java.util.Set;

/** HTML under construction; every text is escaped on the way in. */
final class Html {
    private final StringBuilder text = new StringBuilder();

    Html raw(String markup) {
        text.append(markup).append('\n');
        return this;
    }

    Html element(String name, String content) {
        text.append('<')
                .append(name)
                .append('>')
                .append(escape(content))
                .append("</")
                .append(name)
                .append(">\n");
        return this;
    }

    Html section(String id, String heading) {
        return raw("<section id=\"" + escape(id) + "\">").element("h2", heading);
    }

    Html end() {
        return raw("</section>");
    }

    /** A table of figures whose first column names its rows. */
    Html table(String caption, List<String> headings, List<List<String>> rows) {
        return table(caption, headings, rows, Set.of());
    }

    /**
     * A table whose first column names its rows.
     *
     * @param wordy the columns, from 0, that hold words and not figures
     */
    Html table(String caption, List<String> headings, List<List<String>> rows, Set<Integer> wordy) {
        raw("<div class=\"table\"><table>").element("caption", caption).raw("<thead><tr>");
        for (int column = 0; column < headings.size(); column++) {
            text.append("<th scope=\"col\"").append(kind(wordy, column)).append('>');
            text.append(escape(headings.get(column))).append("</th>");
        }
        raw("</tr></thead><tbody>");
        for (List<String> row : rows) {
            text.append("<tr><th scope=\"row\">").append(escape(row.getFirst())).append("</th>");
            for (int column = 1; column < row.size(); column++) {
                text.append("<td").append(kind(wordy, column)).append('>');
                text.append(escape(row.get(column))).append("</td>");
            }
            raw("</tr>");
        }
        return raw("</tbody></table></div>");
    }

    private static String kind(Set<Integer> wordy, int column) {
        return wordy.contains(column) ? " class=\"words\"" : "";
    }

    /** Terms with what is said of each. */
    Html definitions(List<List<String>> pairs) {
        raw("<dl>");
        pairs.forEach(pair -> raw("<div>")
                .element("dt", pair.get(0))
                .element("dd", pair.get(1))
                .raw("</div>"));
        return raw("</dl>");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
