package org.vauban.app.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.vauban.hub.Hub;
import org.vauban.plot.FigureNumbers;
import org.vauban.plot.FigureStyle;

/** The first page, the style of the figures, and the sign of life. */
@Controller
final class HomePage {
    private static final int LATEST_MAX = 5;

    private final Hub hub;
    private final LogFiles log;

    HomePage(Hub hub, LogFiles log) {
        this.hub = hub;
        this.log = log;
    }

    /**
     * A figure that is public anyway.
     *
     * @param written the number as the reader's language writes it
     */
    public record Figure(String name, long number, String written) {
        static Figure of(String name, long number, Locale language) {
            return new Figure(name, number, FigureNumbers.whole(number, language));
        }
    }

    @GetMapping("/")
    String home(Model model, HttpServletRequest request, Locale language) {
        var register = hub.register();
        List<ReleasedStudy> studies = ReleasedStudy.of(register.studies(), language);
        model.addAttribute("host", "127.0.0.1:" + request.getLocalPort());
        model.addAttribute("latest", studies.stream().limit(LATEST_MAX).toList());
        model.addAttribute(
                "figures",
                List.of(
                        Figure.of("editions", hub.publications().list().size(), language),
                        Figure.of("permits", register.granted().size(), language),
                        Figure.of("outputs", register.documents().size(), language),
                        Figure.of("entries", log.checkpoint().checkpoint().size(), language)));
        return "home";
    }

    @GetMapping(value = "/assets/figures.css", produces = "text/css")
    ResponseEntity<String> figures() {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/css;charset=UTF-8"))
                .body(FigureStyle.css());
    }

    @GetMapping(value = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> health() {
        return ResponseEntity.ok("{\"status\":\"UP\"}");
    }
}
