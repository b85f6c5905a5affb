package org.vauban.app.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.vauban.problem.Problem;
import tools.jackson.databind.json.JsonMapper;

/** Problems as RFC 9457 documents, in the reader's language. */
@Component
public final class ProblemDocuments {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LocaleResolver languages;

    ProblemDocuments(LocaleResolver languages) {
        this.languages = languages;
    }

    public void write(HttpServletRequest request, HttpServletResponse response, int status, Problem problem)
            throws IOException {
        response.setStatus(status);
        if (status == HttpServletResponse.SC_UNAUTHORIZED && !response.containsHeader("WWW-Authenticate")) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        byte[] body = JSON.writeValueAsBytes(document(status, problem, languages.resolveLocale(request)));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static Map<String, Object> document(int status, Problem problem, Locale language) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "about:blank");
        document.put("title", problem.code().name());
        document.put("status", status);
        document.put("detail", problem.sentence(language));
        document.put("code", problem.code().name());
        document.put("remedy", problem.remedy(language));
        return document;
    }

    static Map<String, Object> document(int status, List<Problem> problems, Locale language) {
        Map<String, Object> document = document(status, problems.getFirst(), language);
        if (problems.size() > 1) {
            document.put(
                    "problems",
                    problems.stream()
                            .map(problem -> document(status, problem, language))
                            .toList());
        }
        return document;
    }
}
