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

    /** Four figures that are public anyway, written for the reader's language. */
    public record Figures(String editions, String permits, String outputs, String entries) {}

    @GetMapping("/")
    String home(Model model, HttpServletRequest request, Locale language) {
        var register = hub.register();
        List<ReleasedStudy> studies = ReleasedStudy.of(register.studies(), language);
        model.addAttribute("host", "127.0.0.1:" + request.getLocalPort());
        model.addAttribute("latest", studies.stream().limit(LATEST_MAX).toList());
        model.addAttribute(
                "figures",
                new Figures(
                        FigureNumbers.whole(hub.publications().list().size(), language),
                        FigureNumbers.whole(register.granted().size(), language),
                        FigureNumbers.whole(register.documents().size(), language),
                        FigureNumbers.whole(log.checkpoint().checkpoint().size(), language)));
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
