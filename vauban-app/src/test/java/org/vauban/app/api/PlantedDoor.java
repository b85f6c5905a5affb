package org.vauban.app.api;

import org.vauban.cohort.EvaluationProgress;
import org.vauban.gate.Receipt;
import org.vauban.gate.StudyRequest;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;

/** A route that reads an edition and that nobody wrote down. Planted, so that a test can show that it is found. */
public final class PlantedDoor {
    private PlantedDoor() {}

    static Receipt unlisted(Hub hub, Actor actor, StudyRequest request) {
        return hub.gate().run(actor, request, EvaluationProgress.SILENT);
    }
}
