package org.vauban.app.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.vauban.hub.Hub;

/** Puts the frame around every page. */
@ControllerAdvice(basePackageClasses = PageFrame.class)
final class PageFrame {
    private final Hub hub;

    PageFrame(Hub hub) {
        this.hub = hub;
    }

    @ModelAttribute("view")
    View view(HttpServletRequest request, HttpServletResponse response, Locale language) {
        PageLanguage.remember(request, response);
        response.setHeader("Vary", "Accept-Language, Cookie");
        response.setHeader("Content-Language", language.getLanguage());
        return view(request.getRequestURI(), language, hub);
    }

    static View view(String path, Locale language, Hub hub) {
        String[] parts = path.split("/", -1);
        return new View(
                language.getLanguage(),
                parts.length > 1 ? parts[1] : "",
                path + "?lang=fr",
                path + "?lang=en",
                hub.home().settings().custodian().startsWith("unix:"));
    }
}
