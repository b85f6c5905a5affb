package org.vauban.app.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.vauban.hub.Hub;
import org.vauban.plot.FigureNumbers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** In a demonstration's hub: the stages as they run, counts only. In any other hub there is no such page. */
@Controller
final class DemoPage {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SECONDS_BETWEEN_LOOKS = "2";

    private final Path stages;

    DemoPage(Hub hub) {
        this.stages = hub.home().folder().resolve("demo").resolve("stages.json");
    }

    /** A stage that has ended. */
    public record ShownStage(
            String title, String rowsIn, String rowsOut, String rejected, String seconds, String perSecond) {}

    /**
     * Shows the stages.
     *
     * @param live whether the page comes again by itself while a stage runs; only for those who ask, since a page that changes under a
     *     reader's eyes is hard to read
     */
    @GetMapping("/demo")
    String demo(
            @RequestParam(defaultValue = "false") boolean live,
            Model model,
            Locale language,
            HttpServletResponse response) {
        JsonNode board = board();
        JsonNode running = board.path("running").path(language.getLanguage());
        if (live && running.isString()) {
            response.setHeader("Refresh", SECONDS_BETWEEN_LOOKS);
        }
        model.addAttribute("live", live);
        model.addAttribute("persons", FigureNumbers.whole(board.path("persons").asLong(), language));
        model.addAttribute("running", running.isString() ? running.asString() : "");
        model.addAttribute("stages", shown(board.path("stages"), language));
        return "demo";
    }

    private JsonNode board() {
        try {
            return JSON.readTree(Files.readString(stages));
        } catch (NoSuchFileException noDemonstration) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, noDemonstration);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static List<ShownStage> shown(JsonNode stages, Locale language) {
        return stages.valueStream()
                .map(stage -> new ShownStage(
                        stage.path("title").path(language.getLanguage()).asString(""),
                        whole(stage.path("rows_in").asLong(), language),
                        whole(stage.path("rows_out").asLong(), language),
                        whole(stage.path("rejected").asLong(), language),
                        String.format(language, "%.1f", stage.path("seconds").asDouble()),
                        whole(
                                stage.path("rows_in").asLong()
                                                        + stage.path("rows_out").asLong()
                                                == 0
                                        ? 0
                                        : stage.path("rows_per_second").asLong(),
                                language)))
                .toList();
    }

    private static String whole(long number, Locale language) {
        return number == 0 ? "–" : FigureNumbers.whole(number, language);
    }
}
