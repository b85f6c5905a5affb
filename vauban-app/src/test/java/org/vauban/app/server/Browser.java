package org.vauban.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * Somebody at a browser without script: follows links and fills in the forms that a page has, and no others. A field that is not there
 * cannot be filled in.
 */
final class Browser {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int HOPS_MAX = 4;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final String address;
    private final String language;
    private final Map<String, String> cookies = new HashMap<>();

    Browser(String address, String language) {
        this.address = address;
        this.language = language;
    }

    /** The same browser, with its session, in the hands of somebody who reads another language. */
    Browser in(String other) {
        var same = new Browser(address, other);
        same.cookies.putAll(cookies);
        return same;
    }

    /** A page as it was answered. */
    record Page(int status, String path, String html, HttpResponse<String> answer) {
        /** What a reader sees. */
        String text() {
            String body = html.replaceAll("(?s)<head>.*?</head>", "").replaceAll("(?s)<svg.*?</svg>", "");
            return HtmlUtils.htmlUnescape(body.replaceAll("<[^>]+>", " ")).replaceAll("\\s+", " ");
        }

        /** The addresses of links that begin like this. */
        List<String> links(String prefix) {
            List<String> links = new ArrayList<>();
            Matcher link = Pattern.compile("<a [^>]*href=\"([^\"]+)\"").matcher(html);
            while (link.find()) {
                if (link.group(1).startsWith(prefix)) {
                    links.add(link.group(1));
                }
            }
            return links;
        }

        Optional<String> form(String action) {
            Matcher form = Pattern.compile("(?s)<form [^>]*action=\"" + Pattern.quote(action) + "\"[^>]*>(.*?)</form>")
                    .matcher(html);
            return form.find() ? Optional.of(form.group(1)) : Optional.empty();
        }
    }

    Page get(String path) throws Exception {
        return followed(HttpRequest.newBuilder().GET(), path);
    }

    Page signIn(String login, String password) throws Exception {
        return submit(get("/office/sign-in"), "/office/sign-in", Map.of("login", login, "password", password));
    }

    /** Fills in a form of a page and sends it. A value with commas fills a list of boxes. */
    Page submit(Page page, String action, Map<String, String> typed) throws Exception {
        return post(action, filled(page, action, typed).body());
    }

    /**
     * A form as it is sent.
     *
     * @param type the content type of the body
     */
    record Filled(String action, String type, String body) {}

    /** Fills in a form of a page. A value with commas fills a list of boxes. */
    Filled filled(Page page, String action, Map<String, String> typed) {
        String form =
                page.form(action).orElseThrow(() -> new AssertionError("no form " + action + " on " + page.path()));
        List<String> sent = new ArrayList<>();
        Map<String, String> left = new TreeMap<>(typed);
        for (Field field : fields(form)) {
            if (field.box()) {
                boolean ticked =
                        List.of(left.getOrDefault(field.name(), "").split(",")).contains(field.value());
                if (left.containsKey(field.name()) ? ticked : field.chosen()) {
                    sent.add(field.name() + '=' + encoded(field.value()));
                }
            } else {
                sent.add(field.name() + '=' + encoded(left.getOrDefault(field.name(), field.value())));
            }
        }
        fields(form).forEach(field -> left.remove(field.name()));
        assertThat(left).as("fields that the form %s does not have", action).isEmpty();
        return new Filled(action, FORM, String.join("&", sent));
    }

    /** Sends a form and looks at the answer itself, wherever it leads. */
    HttpResponse<String> send(Filled form) throws Exception {
        return send(request(form), form.action());
    }

    private static HttpRequest.Builder request(Filled form) {
        return HttpRequest.newBuilder()
                .header("Content-Type", form.type())
                .POST(HttpRequest.BodyPublishers.ofString(form.body()));
    }

    /** Sends what no page offers. */
    Page post(String path, String body, String... headers) throws Exception {
        var request =
                HttpRequest.newBuilder().header("Content-Type", FORM).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return followed(request, path);
    }

    /** Sends a file with the form that has a field for it. */
    Page upload(Page page, String action, String field, String content) throws Exception {
        return followed(request(attached(page, action, field, content)), action);
    }

    /** A form with a file in the field that it has for one. */
    Filled attached(Page page, String action, String field, String content) {
        String token = token(page.form(action).orElseThrow());
        String boundary = "a-line-that-is-in-no-file";
        String body = "--%1$s\r\nContent-Disposition: form-data; name=\"form-token\"\r\n\r\n%2$s\r\n"
                + "--%1$s\r\nContent-Disposition: form-data; name=\"%3$s\"; filename=\"PERMIT.yaml\"\r\n"
                + "Content-Type: text/plain\r\n\r\n%4$s\r\n--%1$s--\r\n";
        return new Filled(
                action, "multipart/form-data; boundary=" + boundary, body.formatted(boundary, token, field, content));
    }

    /** The token that all forms of this session take. */
    static String token(String form) {
        return fields(form).stream()
                .filter(field -> field.name().equals("form-token"))
                .map(Field::value)
                .findFirst()
                .orElseThrow();
    }

    Map<String, String> cookies() {
        return cookies;
    }

    private Page followed(HttpRequest.Builder request, String path) throws Exception {
        HttpRequest.Builder next = request;
        String where = path;
        for (int hop = 0; hop < HOPS_MAX; hop++) {
            HttpResponse<String> answer = send(next, where);
            Optional<String> location = answer.headers().firstValue("Location");
            if (location.isEmpty()) {
                return new Page(answer.statusCode(), where, answer.body(), answer);
            }
            where = URI.create(address).resolve(location.get()).toString().substring(address.length());
            next = HttpRequest.newBuilder().GET();
        }
        throw new AssertionError("led in circles from " + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        request.uri(URI.create(address + path)).header("Accept-Language", language);
        if (!cookies.isEmpty()) {
            List<String> all = new ArrayList<>();
            cookies.forEach((name, value) -> all.add(name + '=' + value));
            request.header("Cookie", String.join("; ", all));
        }
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty()) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return answer;
    }

    /** A field with what the page has put into it. */
    private record Field(String name, String value, boolean box, boolean chosen) {}

    private static List<Field> fields(String form) {
        List<Field> fields = new ArrayList<>();
        Matcher tag = Pattern.compile("(?s)<(input|textarea|select)\\b([^>]*)>(?:(.*?)</\\1>)?")
                .matcher(form.replaceAll("(<input\\b[^>]*?)/?>", "$1></input>"));
        while (tag.find()) {
            String name = attribute(tag.group(2), "name");
            switch (tag.group(1)) {
                case "textarea" -> fields.add(new Field(name, HtmlUtils.htmlUnescape(tag.group(3)), false, false));
                case "select" -> fields.add(new Field(name, selected(tag.group(3)), false, false));
                default -> {
                    String type = attribute(tag.group(2), "type");
                    fields.add(new Field(
                            name,
                            attribute(tag.group(2), "value"),
                            type.equals("checkbox") || type.equals("radio"),
                            tag.group(2).contains("checked=\"checked\"")));
                }
            }
        }
        return fields;
    }

    private static String selected(String options) {
        Matcher option = Pattern.compile("<option\\b([^>]*)>").matcher(options);
        String first = "";
        while (option.find()) {
            String value = attribute(option.group(1), "value");
            if (option.group(1).contains("selected=\"selected\"")) {
                return value;
            }
            first = first.isEmpty() ? value : first;
        }
        return first;
    }

    private static String attribute(String attributes, String name) {
        Matcher found = Pattern.compile("(?:^|\\s)" + name + "=\"([^\"]*)\"").matcher(attributes);
        return found.find() ? HtmlUtils.htmlUnescape(found.group(1)) : "";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
