package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Delivery;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Work that a system does after it has answered. The first request of the operation creates it; it may want more requests, such as
 * those that bring the records; it is asked how far it is until it has ended, and what became of the records is read then.
 */
final class Job {
    private static final int USUAL_WAIT_SECONDS = 2;
    private static final int MOST_WAIT_SECONDS = 30;
    private static final int USUAL_MOST_SECONDS = 3600;

    private final Component definition;
    private final Component status;
    private final Listing listing;
    private final Templates templates;
    private final List<Step> steps = new ArrayList<>();
    private final Step asks;
    private final boolean repeatable;

    /**
     * A job.
     *
     * @param repeatable true if doing it twice changes nothing
     */
    Job(Component definition, Listing listing, boolean repeatable) {
        this.definition = definition;
        this.status = definition.required("status");
        this.listing = listing;
        this.templates = listing.surroundings().templates();
        this.repeatable = repeatable;
        definition.all("steps").forEach(step -> steps.add(new Step(step, listing)));
        this.asks = new Step(status, listing);
    }

    /**
     * Waits for the end of a job; what it says of the records.
     *
     * @param created the answer that told of it
     * @param scope what the request that created it knew
     * @param rendered what is sent of each record
     * @throws ProblemException if it came to no end, and nothing was written or may be written again
     */
    Delivery ended(Answer created, Scope scope, List<Object> rendered) {
        Scope own = scope.with("job", created.json());
        String name = templates.exact(definition.text("id"), own);
        boolean begun = steps.isEmpty();
        try {
            for (int i = 0; i < steps.size(); i++) {
                begun = true;
                // The last one sets the job off. If its answer is lost, the status tells.
                boolean again = repeatable || i < steps.size() - 1;
                if (steps.get(i).make(own, rendered, again) instanceof Delivery.Refused(var answer, String message)) {
                    return new Delivery.Refused(answer, message);
                }
            }
            Answer end = awaited(own, name);
            return new Delivery.Taken(definition.has("lists") ? lists(end, own, name) : end);
        } catch (Undone undone) {
            throw undone.problem;
        } catch (ProblemException unclear) {
            if (repeatable || !begun) {
                throw unclear;
            }
            return new Delivery.Unknown("nobody saw the end of job " + name + ": "
                    + unclear.problem().message());
        }
    }

    /** A job that ended without having written anything. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ProblemException problem;

        Undone(ProblemException problem) {
            super(problem);
            this.problem = problem;
        }
    }

    private Answer awaited(Scope scope, String name) {
        int wait = (int) status.whole("wait_seconds").orElse(USUAL_WAIT_SECONDS);
        long most = status.whole("most_seconds").orElse(USUAL_MOST_SECONDS);
        long waited = 0;
        while (true) {
            if (!(asks.make(scope, List.of(), true) instanceof Delivery.Taken(var answer))) {
                throw failed(name, "the system does not tell how far it is", ProblemKind.TRANSIENT);
            }
            Scope own = scope.with("response", answer.json());
            if (status.has("failed") && templates.holds(status.text("failed"), own)) {
                String reason = status.has("reason") ? templates.exact(status.text("reason"), own) : "";
                ProblemException failed =
                        failed(name, reason.isBlank() ? "the system does not say why" : reason, ProblemKind.CONFIG);
                if (status.has("undone") && templates.holds(status.text("undone"), own)) {
                    throw new Undone(failed);
                }
                throw failed;
            }
            if (templates.holds(status.text("done"), own)) {
                return answer;
            }
            if (waited >= most) {
                throw failed(name, "it did not end within " + most + " seconds", ProblemKind.TRANSIENT);
            }
            listing.surroundings().pause(Duration.ofSeconds(wait));
            waited += wait;
            wait = Math.min(Math.max(wait, MOST_WAIT_SECONDS), wait + Math.max(1, wait / 2));
        }
    }

    /** The lists that tell of the records, put together into one. */
    private Answer lists(Answer end, Scope scope, String name) {
        Map<Object, Object> parameters = new LinkedHashMap<>();
        for (String known : List.of("object", "item", "job")) {
            Object value = scope.value(known);
            if (value != null) {
                parameters.put(known, value);
            }
        }
        List<Object> elements = new ArrayList<>();
        definition.all("lists").forEach(list -> elements.addAll(listing.read(list, parameters)));
        if (definition.has("count")) {
            String count = templates.exact(definition.text("count"), scope.with("response", end.json()));
            if (!count.equals(Integer.toString(elements.size()))) {
                throw Problem.of(
                                "E_DESTINATION_ANSWER",
                                ProblemKind.TRANSIENT,
                                "the lists of job " + name + " do not say what became of each record")
                        .because("there are " + elements.size() + " in them, and the job tells of " + count)
                        .exception();
            }
        }
        return Answer.told(elements, "job " + name);
    }

    private static ProblemException failed(String name, String why, ProblemKind kind) {
        return Problem.of("E_DESTINATION_JOB", kind, "job " + name + " of the system did not do its work")
                .because(why)
                .exception();
    }
}
