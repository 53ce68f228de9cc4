package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.ledger.Fate;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads out of an answer what became of each record of a request. */
final class Results {
    private static final int MOST_REASON = 500;

    private final Component definition;
    private final List<String> keyNames;
    private final Style style;
    private final Templates templates;
    private final Function<Object, String> cells;

    /** How a system says it. */
    enum Style {
        /** An answer without an error is about all records. */
        WHOLE,
        /** A list with an element for each record, in their order. */
        BY_INDEX,
        /** A list with an element for each record, which names it. */
        BY_KEY,
        /** A list of those that failed, each named or with its place. All others were written. */
        ERRORS
    }

    /**
     * What became of the records of a request.
     *
     * @param fates what became of each; null where it is to be sent again
     * @param again why, if any is to be sent again; empty if none
     */
    record Told(List<@Nullable Fate> fates, String again) {}

    /**
     * What answers say.
     *
     * @param cells how values stand in the cells of tables
     */
    Results(Component definition, List<String> keyNames, Templates templates, Function<Object, String> cells) {
        this.cells = cells;
        this.definition = definition;
        this.keyNames = List.copyOf(keyNames);
        this.templates = templates;
        this.style = switch (definition.text("type", "whole")) {
            case "whole" -> Style.WHOLE;
            case "by_index" -> Style.BY_INDEX;
            case "by_key" -> Style.BY_KEY;
            case "errors" -> Style.ERRORS;
            default -> throw definition.wrong("type", "has to be whole, by_index, by_key or errors");
        };
    }

    /** True if it names records, and so can tell the culprits of a request that was refused. */
    boolean namesRecords() {
        return style == Style.ERRORS;
    }

    /**
     * What an answer says.
     *
     * @throws ProblemException if it does not say of each record what became of it
     */
    Told read(Answer answer, List<Item> items, Scope scope) {
        Scope all = scope.with("response", answer.json()).with("status", (long) answer.status());
        return switch (style) {
            case WHOLE -> {
                Fate fate = unchanged(all) ? new Fate.Unchanged() : new Fate.Written();
                List<@Nullable Fate> fates = new ArrayList<>();
                items.forEach(_ -> fates.add(fate));
                yield new Told(fates, "");
            }
            case BY_INDEX -> byIndex(answer, items, all);
            case BY_KEY -> byKey(answer, items, all);
            case ERRORS -> errors(answer, items, all);
        };
    }

    /** The records that a refused request names as the reason; empty if it names none. */
    Map<Integer, Fate> culprits(Answer answer, List<Item> items, Scope scope) {
        Scope all = scope.with("response", answer.json()).with("status", (long) answer.status());
        Map<Integer, Fate> found = new HashMap<>();
        for (Object each : elements(answer)) {
            Scope own = all.with("item", each);
            for (int place : places(items, own)) {
                found.put(place, rejected(own));
            }
        }
        return found;
    }

    /** What an answer says that refuses a record which stands alone; empty if the definition does not read such answers. */
    Optional<Fate> refusal(Answer answer, Scope scope) {
        boolean reads = definition.has("code") || definition.has("reason") || definition.has("field");
        return style == Style.WHOLE && reads
                ? Optional.of(rejected(scope.with("response", answer.json()).with("status", (long) answer.status())))
                : Optional.empty();
    }

    private List<Object> elements(Answer answer) {
        List<String> path = definition.texts("path");
        Object found = path.isEmpty() ? answer.json() : Dpath.get(answer.json(), path, None.NONE);
        return found instanceof List<?> list
                ? list.stream()
                        .map(each -> each == null ? None.NONE : (Object) each)
                        .toList()
                : List.of();
    }

    private Told byIndex(Answer answer, List<Item> items, Scope scope) {
        List<Object> elements = inOrder(answer, elements(answer), scope);
        if (elements.size() != items.size()) {
            throw unclear(answer, "it tells of " + elements.size() + " records, and " + items.size() + " were sent");
        }
        List<@Nullable Fate> fates = new ArrayList<>();
        String again = "";
        for (Object each : elements) {
            Scope own = scope.with("item", each);
            Fate fate = fate(own);
            fates.add(fate);
            again = fate == null ? reason(own) : again;
        }
        return new Told(fates, again);
    }

    /** The elements by the places that they tell; as they are where none of them tells one. */
    private List<Object> inOrder(Answer answer, List<Object> elements, Scope scope) {
        Optional<String> index = definition.optionalText("index");
        if (index.isEmpty()) {
            return elements;
        }
        Object[] ordered = new Object[elements.size()];
        int told = 0;
        for (Object each : elements) {
            OptionalInt place = number(templates.exact(index.get(), scope.with("item", each)));
            if (place.isPresent() && place.getAsInt() < ordered.length && ordered[place.getAsInt()] == null) {
                ordered[place.getAsInt()] = each;
                told++;
            }
        }
        if (told != 0 && told != ordered.length) {
            throw unclear(
                    answer, "only " + told + " of " + ordered.length + " elements tell which record they are about");
        }
        return told == 0 ? elements : List.of(ordered);
    }

    private Told byKey(Answer answer, List<Item> items, Scope scope) {
        Map<String, Object> elements = new HashMap<>();
        for (Object each : elements(answer)) {
            for (String key : keys(scope.with("item", each))) {
                elements.put(key, each);
            }
        }
        List<@Nullable Fate> fates = new ArrayList<>();
        String again = "";
        for (Item item : items) {
            Object element = elements.get(recordKey(item, scope));
            if (element == null && definition.has("absent")) {
                fates.add(new Fate.Rejected(
                        templates.exact(definition.text("absent"), scope), "the system has no such object", null));
                continue;
            }
            if (element == null) {
                throw unclear(answer, "it says nothing of a record that was sent");
            }
            Scope own = scope.with("item", element);
            Fate fate = fate(own);
            fates.add(fate);
            again = fate == null ? reason(own) : again;
        }
        return new Told(fates, again);
    }

    private Told errors(Answer answer, List<Item> items, Scope scope) {
        List<@Nullable Fate> fates = new ArrayList<>();
        items.forEach(_ -> fates.add(new Fate.Written()));
        String again = "";
        for (Object each : elements(answer)) {
            Scope own = scope.with("item", each);
            List<Integer> places =
                    definition.truth("same_fields", false) ? alike(items, each, fates) : places(items, own);
            if (places.isEmpty()) {
                throw unclear(answer, "it names an error and not the record: " + reason(own));
            }
            boolean repeats = isAgain(own);
            again = repeats ? reason(own) : again;
            for (int place : places) {
                fates.set(place, repeats ? null : rejected(own));
            }
        }
        return new Told(fates, again);
    }

    /** The first record with the fields of an element of which nothing bad is told yet: of two that are alike, each has an element. */
    private List<Integer> alike(List<Item> items, Object element, List<@Nullable Fate> fates) {
        for (int i = 0; i < items.size(); i++) {
            if (fates.get(i) instanceof Fate.Written && isAlike(items.get(i), element)) {
                return List.of(i);
            }
        }
        return List.of();
    }

    private boolean isAlike(Item item, Object element) {
        return Values.mapOrEmpty(item.rendered()).entrySet().stream()
                .allMatch(field -> cells.apply(field.getValue())
                        .equals(PlainText.of(Values.member(element, Values.str(field.getKey())))));
    }

    /** Which records an element is about. */
    private List<Integer> places(List<Item> items, Scope own) {
        Optional<String> index = definition.optionalText("index");
        List<Integer> places = new ArrayList<>();
        if (index.isPresent()) {
            OptionalInt place = number(templates.exact(index.get(), own));
            if (place.isPresent() && place.getAsInt() < items.size()) {
                return List.of(place.getAsInt());
            }
            if (!definition.has("key")) {
                return places;
            }
        }
        List<String> keys = keys(own);
        for (int i = 0; i < items.size(); i++) {
            if (keys.contains(recordKey(items.get(i), own))) {
                places.add(i);
            }
        }
        return places;
    }

    private static OptionalInt number(String text) {
        return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    private List<String> keys(Scope own) {
        Object named = templates.asItIs(definition.text("key"), own);
        return named instanceof List<?> many
                ? many.stream()
                        .map(each -> Values.str(Values.requireDefined(each)))
                        .toList()
                : List.of(Values.str(named));
    }

    private String recordKey(Item item, Scope scope) {
        return templates.exact(
                definition.text("record_key", "{{ key }}"),
                scope.with("record", item.record())
                        .with("rendered", item.rendered())
                        .with("key", item.key(keyNames)));
    }

    private boolean unchanged(Scope own) {
        return definition.has("unchanged") && templates.holds(definition.text("unchanged"), own);
    }

    private boolean isAgain(Scope own) {
        return definition.has("again") && templates.holds(definition.text("again"), own);
    }

    /** What became of the record of an element; null if it is to be sent again. */
    private @Nullable Fate fate(Scope own) {
        if (templates.holds(definition.text("failed"), own)) {
            return isAgain(own) ? null : rejected(own);
        }
        return unchanged(own) ? new Fate.Unchanged() : new Fate.Written();
    }

    private Fate rejected(Scope own) {
        String code = definition
                .optionalText("code")
                .map(template -> templates.exact(template, own))
                .filter(word -> !word.isBlank())
                .orElse("REFUSED");
        String field = definition
                .optionalText("field")
                .map(template -> templates.exact(template, own).strip())
                .orElse("");
        return new Fate.Rejected(code, reason(own), field.isEmpty() ? null : field);
    }

    private String reason(Scope own) {
        String reason = definition
                .optionalText("reason")
                .map(template -> templates.exact(template, own).strip())
                .filter(text -> !text.isEmpty())
                .orElse("the system refused it and did not say why");
        return reason.length() > MOST_REASON ? reason.substring(0, MOST_REASON) + "…" : reason;
    }

    private static ProblemException unclear(Answer answer, String why) {
        return Problem.of(
                        "E_DESTINATION_ANSWER",
                        ProblemKind.TRANSIENT,
                        "an answer does not say what became of each record")
                .at(answer.call().place())
                .because(why)
                .fix("look at `results` of the destination: it has to fit the answers of the system")
                .exception();
    }
}
