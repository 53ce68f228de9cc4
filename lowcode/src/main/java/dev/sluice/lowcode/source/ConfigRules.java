package dev.sluice.lowcode.source;

import dev.sluice.lowcode.http.Call;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.TokenCall;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.schema.SchemaCheck;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a manifest does to the configuration before anything else, and what it demands of it. */
final class ConfigRules {
    private final Manifest manifest;
    private final Surroundings surroundings;

    ConfigRules(Manifest manifest, Surroundings surroundings) {
        this.manifest = manifest;
        this.surroundings = surroundings;
    }

    /** Demands the options that the manifest requires, and brings older configurations into the present shape. */
    void apply() {
        Optional<Component> spec = manifest.root().optional("spec");
        spec.flatMap(there -> there.optional("config_normalization_rules")).ifPresent(this::validate);
        spec.flatMap(there -> there.optional("config_normalization_rules")).ifPresent(this::normalize);
        spec.ifPresent(there -> require(there.raw("connection_specification")));
    }

    private void require(Object specification) {
        if (!(Values.member(specification, "required") instanceof List<?> required)) {
            return;
        }
        for (Object name : required) {
            Object value = surroundings.config().get(Values.str(Values.requireDefined(name)));
            if (value == null || value instanceof None) {
                throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the option " + Values.str(name) + " is missing")
                        .at(Values.str(name))
                        .because("the manifest requires it")
                        .fix("see the options with `sluice connectors spec --manifest " + manifest.name() + "`")
                        .exception();
            }
        }
    }

    private void normalize(Component rules) {
        Map<Object, Object> config = Values.copyMap(surroundings.config());
        surroundings.change(config);
        for (Component migration : rules.all("config_migrations")) {
            migration.all("transformations").forEach(step -> transform(step, config));
        }
        // What is done for each run anew is not kept: it would be done twice to what a renewed token is kept with.
        surroundings.last(Values.copyMap(config));
        rules.all("transformations").forEach(step -> transform(step, config));
    }

    /** What a manifest demands of single options, beyond its specification. */
    private void validate(Component rules) {
        for (Component validation : rules.all("validations")) {
            Component strategy = validation.required("validation_strategy");
            if (validation.type().equals("DpathValidator") && OptionRules.isKnown(strategy)) {
                List<String> path = path(validation, "field_path");
                Dpath.all(surroundings.config(), path).forEach(value -> OptionRules.require(strategy, path, value));
                continue;
            }
            if (!validation.type().equals("DpathValidator") || !strategy.type().equals("ValidateAdheresToSchema")) {
                // It only guards against mistakes; the streams can be read without it.
                surroundings.log("an option is not checked: "
                        + strategy.unsupported().problem().message());
                continue;
            }
            List<String> path = path(validation, "field_path");
            for (Object value : Dpath.all(surroundings.config(), path)) {
                requireValid(String.join(".", path), value, strategy.raw("base_schema"));
            }
        }
    }

    private void requireValid(String place, Object value, Object schema) {
        List<String> wrong;
        try {
            wrong = SchemaCheck.problems(value instanceof String text ? JsonValues.read(text) : value, schema);
        } catch (IllegalArgumentException notJson) {
            wrong = List.of("the text is no JSON");
        }
        if (!wrong.isEmpty()) {
            throw Problem.of(
                            "E_CONFIG", ProblemKind.CONFIG, "the option " + place + " is not what the manifest demands")
                    .at(place)
                    .because(String.join("; ", wrong))
                    .fix("see the options with `sluice connectors spec --manifest " + manifest.name() + "`")
                    .exception();
        }
    }

    private void transform(Component step, Map<Object, Object> config) {
        Templates templates = surroundings.templates();
        Scope scope = surroundings.scope(step.parameters());
        Optional<String> condition = step.optionalText("condition").filter(text -> !text.isEmpty());
        if (condition.isPresent() && !templates.holds(condition.get(), scope)) {
            return;
        }
        switch (step.type()) {
            case "ConfigAddFields" -> {
                for (Component field : step.all("fields")) {
                    Dpath.put(config, path(field, "path"), templates.value(field.text("value"), scope));
                }
            }
            case "ConfigRemapField" -> {
                List<String> path = path(step, "field_path");
                Object current = Dpath.get(config, path, None.NONE);
                Object other = Values.mapOrEmpty(step.raw("map")).get(current);
                if (other != null) {
                    Dpath.put(config, path, other instanceof String text ? templates.value(text, scope) : other);
                }
            }
            case "ConfigRemoveFields" -> {
                for (Object pointer : step.list("field_pointers")) {
                    List<String> path = pointer instanceof List<?> parts
                            ? parts.stream()
                                    .map(part -> Values.str(Values.requireDefined(part)))
                                    .toList()
                            : List.of(Values.str(pointer));
                    Object parent = Dpath.get(config, path.subList(0, path.size() - 1), config);
                    Values.mapOrEmpty(parent).remove(path.getLast());
                }
            }
            case "ConfigEndOfKey" -> endOfKey(step, config);
            default -> throw step.unsupported();
        }
    }

    /** Some keys of services say behind a dash which of their places they are for; for others the service tells it. */
    private void endOfKey(Component step, Map<Object, Object> config) {
        String field = step.text("field");
        if (Values.truthy(Values.member(config, field))) {
            return;
        }
        for (Object path : step.list("keys")) {
            Object key = Dpath.get(
                    config, Values.items(path).stream().map(Values::str).toList(), None.NONE);
            if (key instanceof String text && text.contains("-")) {
                config.put(field, text.substring(text.lastIndexOf('-') + 1));
                return;
            }
        }
        Component asked = step.required("asked");
        Scope scope = surroundings.scope();
        if (surroundings.templates().holds(asked.text("condition"), scope)) {
            String proof = surroundings.templates().exact(asked.text("authorization"), scope);
            String url = surroundings.templates().text(asked.text("url"), scope);
            Call call = new Call("GET", url, Map.of("Authorization", proof), null);
            Object told = Values.member(TokenCall.send(surroundings, call, 3).json(), asked.text("member"));
            if (!(told instanceof String)) {
                throw Problem.of("E_CONFIG", ProblemKind.PERMISSION, "the service does not tell the " + field)
                        .at(call.place())
                        .fix("check the credentials, or set the option " + field)
                        .exception();
            }
            config.put(field, told);
        }
    }

    private List<String> path(Component component, String field) {
        List<String> path = new ArrayList<>();
        component.texts(field).forEach(part -> path.add(surroundings.templates().text(part, surroundings.scope())));
        return path;
    }
}
