package org.vauban.airlock;

import org.vauban.people.AccountId;
import org.vauban.print.Printed;
import org.vauban.register.ReleasedDocument;

/** Draws and writes what the public gets. It accepts a {@link Released} and nothing else. */
final class PublicRenderer {
    private PublicRenderer() {}

    static ReleasedDocument render(Released released) {
        Output output = released.output();
        Printed printed = Printed.of(released.content().content(), output.id().value());
        return new ReleasedDocument(
                output.id().value(),
                output.analysis().value(),
                output.project().value(),
                released.permit().id().value(),
                output.edition().value(),
                output.kind(),
                output.name(),
                released.at(),
                printed.digest(),
                released.logIndex(),
                released.reviewers().stream().map(AccountId::value).toList(),
                released.permit().terms().disclosureRules().threshold(),
                printed.title(),
                printed.figure(),
                printed.table(),
                printed.fileName(),
                printed.csv());
    }
}
