package org.vauban.app.page.office;

import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.vauban.app.page.Days;
import org.vauban.people.Validity;
import org.vauban.people.Visitor;

/** Until when one's own account may act: the one page that is left to somebody whose review is overdue. */
@Controller
final class ValidityPage {
    @GetMapping("/office/validity")
    String validity(@AuthenticationPrincipal Visitor visitor, Model model, Locale language) {
        Validity validity = visitor.actor().validity();
        model.addAttribute("reviewed", Days.written(validity.reviewed(), language));
        model.addAttribute("reviewDue", Days.written(validity.reviewDue(), language));
        model.addAttribute("trained", Days.written(validity.trained(), language));
        model.addAttribute("trainingDue", Days.written(validity.trainingDue(), language));
        model.addAttribute("overdue", visitor.actor().isOverdue());
        model.addAttribute("due", Days.written(validity.due(), language));
        return "office/validity";
    }
}
