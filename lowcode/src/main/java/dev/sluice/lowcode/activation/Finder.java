package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Delivery;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the objects of records where the system itself does not: what is there is changed by one request, what is not is made by
 * another. It is asked before each of them, so what may have been made is found when it is asked again.
 */
final class Finder {
    private final Component definition;
    private final Step asks;
    private final Templates templates;
    private final ObjectWriting missing;
    private final ObjectWriting existing;

    Finder(Component definition, Listing listing, ObjectWriting missing, ObjectWriting existing) {
        this.definition = definition;
        this.asks = new Step(definition, listing);
        this.templates = listing.surroundings().templates();
        this.missing = missing;
        this.existing = existing;
    }

    /** How objects are made that are not there. */
    ObjectWriting missing() {
        return missing;
    }

    /** How objects are changed that are. */
    ObjectWriting existing() {
        return existing;
    }

    /** Records, divided by whether their objects are there. */
    record Divided(List<Item> missing, List<Item> existing) {}

    /** Asks for the objects of records. */
    Divided divide(List<Item> items) {
        Scope scope = missing.ofRequest(items, "");
        Answer answer =
                switch (asks.make(scope, items.stream().map(Item::rendered).toList(), true)) {
                    case Delivery.Taken(var taken) -> taken;
                    case Delivery.Refused refused -> throw unclear(refused.message());
                    case Delivery.Unknown(String message) -> throw unclear(message);
                };
        Map<String, Item.Found> found = found(answer, scope, items);
        List<Item> absent = new ArrayList<>();
        List<Item> present = new ArrayList<>();
        for (Item item : items) {
            Item.Found there = found.get(missing.keyText(item));
            if (there == null) {
                absent.add(item);
            } else {
                Item changed = item.with(there, item.rendered());
                present.add(changed.with(there, existing.rendered(changed)));
            }
        }
        return new Divided(absent, present);
    }

    private Map<String, Item.Found> found(Answer answer, Scope scope, List<Item> items) {
        List<String> path = definition.texts("path");
        Object list = path.isEmpty() ? answer.json() : Dpath.get(answer.json(), path, None.NONE);
        Map<String, Item.Found> found = new HashMap<>();
        long index = 0;
        for (Object each : Values.items(list instanceof List<?> ? list : List.of())) {
            Object element = each == null ? None.NONE : each;
            // Without a key of its own, what is found is what the only record asked for.
            String key = definition.has("key")
                    ? templates.exact(
                            definition.text("key"), scope.with("found", element).with("found_index", index))
                    : missing.keyText(items.getFirst());
            found.putIfAbsent(key, new Item.Found(element, index));
            index++;
        }
        return found;
    }

    private static RuntimeException unclear(String message) {
        return Problem.of(
                        "E_DESTINATION_ANSWER", ProblemKind.CONFIG, "the system does not tell which objects are there")
                .because(message)
                .fix("look at `find` of the destination: it has to ask for the objects of the records")
                .exception();
    }
}
