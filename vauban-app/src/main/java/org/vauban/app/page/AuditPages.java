package org.vauban.app.page;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.vauban.ledger.note.NoteSignature;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.plot.FigureNumbers;

/** The log for everybody: its signed checkpoint, its tiles (C2SP tlog-tiles), and how to check them. */
@Controller
final class AuditPages {
    private final LogFiles log;

    AuditPages(LogFiles log) {
        this.log = log;
    }

    /**
     * The checkpoint as the page shows it.
     *
     * @param cosigners the names under it that are not the log's; whoever wants to know that they are true brings a policy
     */
    public record ShownCheckpoint(String origin, String size, String note, String key, String cosigners) {}

    @GetMapping("/audit")
    String audit(Model model, Locale language) {
        SignedCheckpoint signed = log.checkpoint();
        model.addAttribute(
                "checkpoint",
                new ShownCheckpoint(
                        signed.checkpoint().origin(),
                        FigureNumbers.whole(signed.checkpoint().size(), language),
                        new String(signed.encode(), StandardCharsets.UTF_8).stripTrailing(),
                        log.key(),
                        signed.note().signatures().stream()
                                .map(NoteSignature::name)
                                .filter(name -> !name.equals(signed.checkpoint().origin()))
                                .collect(Collectors.joining(", "))));
        return "audit";
    }

    @GetMapping("/audit/checkpoint")
    ResponseEntity<byte[]> checkpoint() {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .body(log.checkpoint().encode());
    }

    @GetMapping("/audit/tile/**")
    ResponseEntity<byte[]> tile(HttpServletRequest request) {
        return log.tile(request.getRequestURI().substring("/audit/".length()))
                .map(bytes -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)))
                        .body(bytes))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
