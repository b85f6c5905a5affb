package org.vauban.app.page;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.vauban.hub.Hub;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.register.PublicPermit;
import org.vauban.register.Register;
import org.vauban.register.ReleasedDocument;

/** The register: who may use which data, why, until when, and what came out. */
@Controller
final class RegisterPages {
    private final Register register;
    private final MessageSource words;

    RegisterPages(Hub hub, MessageSource words) {
        this.register = hub.register();
        this.words = words;
    }

    /** A permit as the page shows it. */
    public record ShownPermit(
            String id,
            String title,
            String summary,
            String organisation,
            String purpose,
            String period,
            String end,
            String tables,
            String population,
            String concepts,
            String identifiers,
            String state,
            Optional<String> destroyed,
            List<ReleasedStudy> studies) {}

    @GetMapping("/register")
    String register(Model model, Locale language) {
        List<ReleasedStudy> studies = ReleasedStudy.of(register.studies(), language);
        model.addAttribute(
                "permits",
                register.permits().stream()
                        .map(permit -> shown(permit, studies, language))
                        .toList());
        model.addAttribute(
                "objections",
                register.objections()
                        .map(counts -> words.getMessage(
                                "register.objections",
                                new Object[] {
                                    counts.version(),
                                    Days.written(LocalDate.ofInstant(counts.made(), ZoneOffset.UTC), language),
                                    counts.lists(),
                                    counts.records()
                                },
                                language)));
        return "register";
    }

    private ShownPermit shown(PublicPermit permit, List<ReleasedStudy> studies, Locale language) {
        boolean ended = permit.state().equals("granted") && permit.end().isBefore(LocalDate.now(Clock.systemUTC()));
        boolean always = permit.from().getYear() <= 1900 && permit.to().getYear() >= 2100;
        return new ShownPermit(
                permit.permit(),
                ReleasedStudy.in(permit.title(), language),
                ReleasedStudy.in(permit.summary(), language),
                permit.organisation(),
                words.getMessage("purpose." + permit.purpose(), new Object[0], language),
                always
                        ? words.getMessage("register.period.all", new Object[0], language)
                        : words.getMessage(
                                "register.period.from-to",
                                new Object[] {Days.written(permit.from(), language), Days.written(permit.to(), language)
                                },
                                language),
                Days.written(permit.end(), language),
                permit.tables().keySet().stream().sorted().collect(Collectors.joining(", ")),
                permit.population().orElse(""),
                permit.concepts().orElse(Map.of()).entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(table -> table.getKey() + ": " + String.join(", ", table.getValue()))
                        .collect(Collectors.joining("; ")),
                permit.identifiers().orElse(List.of()).stream()
                        .map(identifier -> words.getMessage("identifier." + identifier, new Object[0], language))
                        .collect(Collectors.joining(", ")),
                words.getMessage("permit.state." + (ended ? "ended" : permit.state()), new Object[0], language),
                register.destroyed(permit.project())
                        .map(moment -> Days.written(LocalDate.ofInstant(moment, ZoneOffset.UTC), language)),
                studies.stream()
                        .filter(study -> study.permit().equals(permit.permit()))
                        .toList());
    }

    @GetMapping("/register/studies/{analysis}")
    String study(@PathVariable String analysis, Model model, Locale language) {
        Register.Study study = register.study(analysis)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                        .with("what", "study")
                        .found(analysis)
                        .exception());
        model.addAttribute("study", ReleasedStudy.of(study, language));
        model.addAttribute(
                "threshold",
                study.outputs().stream()
                        .mapToInt(ReleasedDocument::threshold)
                        .max()
                        .orElseThrow());
        return "study";
    }

    /** An output is read within its study. */
    @GetMapping("/register/outputs/{output:[^.]+}")
    String output(@PathVariable String output) {
        ReleasedDocument document = document(output);
        return "redirect:/register/studies/" + document.analysis() + "#" + document.name();
    }

    @GetMapping("/register/outputs/{output}.csv")
    ResponseEntity<byte[]> csv(@PathVariable String output) {
        ReleasedDocument document = document(output);
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(document.fileName())
                                .build()
                                .toString())
                .body(document.csv().getBytes(StandardCharsets.UTF_8));
    }

    private ReleasedDocument document(String output) {
        return register.document(output)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                        .with("what", "output")
                        .found(output)
                        .exception());
    }
}
