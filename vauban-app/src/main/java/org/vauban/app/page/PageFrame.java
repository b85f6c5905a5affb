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
        return view(request, language, hub);
    }

    static View view(HttpServletRequest request, Locale language, Hub hub) {
        String path = request.getRequestURI();
        String[] parts = path.split("/", -1);
        return new View(
                language.getLanguage(),
                parts.length > 1 ? parts[1] : "",
                parts.length > 2 ? parts[2] : "",
                path + "?lang=fr",
                path + "?lang=en",
                request.getUserPrincipal() != null,
                hub.home().settings().custodian().startsWith("unix:"));
    }
}
