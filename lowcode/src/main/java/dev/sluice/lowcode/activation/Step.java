package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.http.Delivery;
import dev.sluice.lowcode.http.Sender;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.None;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request beside the one that writes: it looks for what is there, or is a step of a job. */
final class Step {
    /** The names that templates of requests know. */
    private static final List<String> KNOWN = List.of(
            "object",
            "item",
            "told",
            "key_name",
            "key_names",
            "record",
            "fields",
            "key",
            "rendered",
            "records",
            "count",
            "job");

    private final Component requester;
    private final Sender sender;
    private final Bodies bodies;
    private final Templates templates;

    Step(Component definition, Listing listing) {
        this.requester = listing.requester(definition.required("requester"));
        this.sender = listing.sender(requester);
        this.templates = listing.surroundings().templates();
        boolean bare = !definition.has("body") && !definition.has("body_format");
        this.bodies =
                new Bodies(bare ? definition.with("body_format", "none") : definition, "{{ records }}", templates);
    }

    /**
     * Makes the request.
     *
     * @param repeatable true if making it twice changes nothing
     */
    Delivery make(Scope scope, List<Object> rendered, boolean repeatable) {
        Map<Object, Object> seen = new LinkedHashMap<>();
        for (String name : KNOWN) {
            Object value = scope.value(name);
            seen.put(name, value == null ? None.NONE : value);
        }
        Optional<String> path = requester
                .optionalText("path")
                .map(template -> templates.exact(template, scope).replaceFirst("^/+", ""));
        return sender.send(
                new Sender.Parcel(path, seen, Map.of(), bodies.of(scope, rendered), bodies.type(), repeatable));
    }
}
