package dev.sluice.lowcode.source;

import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.http.CallBudget;
import dev.sluice.lowcode.http.Concurrency;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Lines;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.manifest.Mistake;
import dev.sluice.lowcode.stream.Definitions;
import dev.sluice.lowcode.stream.StreamBuilder;
import dev.sluice.lowcode.stream.StreamList;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.LocalDates;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.workbench.Checked;
import dev.sluice.spi.workbench.Finding;
import dev.sluice.spi.workbench.FoundStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks a manifest over without asking anybody: what keeps it from being used, and what will most likely go wrong. */
final class ManifestCheck {
    private static final String NAME = "manifest";
    private static final int MOST_FINDINGS = 100;
    private static final Pattern PLACE = Pattern.compile(".*:(\\d+):(\\d+)");
    private static final Pattern OPTION = Pattern.compile("\\bconfig\\s*"
            + "(?:\\[\\s*['\"]([^'\"]+)['\"]\\s*]|\\.get\\(\\s*['\"]([^'\"]+)['\"]|\\.([A-Za-z_]\\w*)\\b(?!\\s*\\())");
    private static final Set<String> OF_MANIFEST = Set.of("E_MANIFEST", "E_CUSTOM_CODE", "E_MANIFEST_REF");

    private final String text;
    private final Clock clock;
    private final Templates templates;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> options = new HashSet<>();
    private Optional<Lines> lines = Optional.empty();

    ManifestCheck(String text, Clock clock) {
        this.text = text;
        this.clock = clock;
        this.templates = new Templates(clock);
    }

    Checked run() {
        Manifest.Draft draft;
        try {
            lines = Optional.of(Lines.of(NAME, text));
            draft = Manifest.draft(NAME, text);
        } catch (ProblemException unreadable) {
            add(true, "", unreadable.problem());
            return new Checked(findings, List.of(), Optional.empty());
        }
        for (Mistake mistake : draft.mistakes()) {
            add(true, mistake.where(), Problem.of("E_MANIFEST", ProblemKind.CONFIG, mistake.what()));
        }
        Component root = draft.root();
        List<FoundStream> streams = draft.mistakes().isEmpty() ? put(root) : streams(root);
        Optional<String> spec = spec(root);
        if (draft.mistakes().isEmpty()) {
            checkedStreams(root, streams);
        }
        names(root);
        templates(root.values(), "");
        findings.sort(Comparator.comparingInt(Finding::line).thenComparing(Finding::path));
        return new Checked(findings, streams, spec);
    }

    private void add(boolean isError, String where, Problem problem) {
        String place = Objects.requireNonNullElse(problem.where(), "");
        Matcher marked = PLACE.matcher(place);
        int line = 0;
        int column = 0;
        if (marked.matches()) {
            line = Integer.parseInt(marked.group(1));
            column = Integer.parseInt(marked.group(2));
        }
        String path = where.isEmpty() && place.startsWith("/") ? place : where;
        if (line == 0 && lines.isPresent()) {
            Lines.Place at = lines.get().of(path);
            line = at.line();
            column = at.column();
        }
        // What stands behind a reference is looked at wherever it is used, and told once.
        boolean isNew = known.add(line + ":" + column + ":" + problem.message());
        if (isNew && findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(path.replaceFirst("^/", ""), line, column, isError, problem));
        }
    }

    private void warn(String where, String message, String fix) {
        add(false, where, Problem.of("W_MANIFEST", ProblemKind.CONFIG, message).fix(fix));
    }

    private static Optional<String> spec(Component root) {
        try {
            return root.optional("spec")
                    .filter(spec -> spec.raw("connection_specification") instanceof Map<?, ?>)
                    .map(spec -> JsonValues.write(LocalDates.asTexts(spec.raw("connection_specification"))));
        } catch (ProblemException noMap) {
            return Optional.empty();
        }
    }

    /** Puts each stream together, as a read would, and tells what cannot be. */
    private List<FoundStream> put(Component root) {
        List<FoundStream> found = streams(root);
        try (Transport none = new Transport()) {
            Surroundings surroundings = new Surroundings(Map.of(), clock, none, line -> {}, (time, waiting) -> {});
            Requesters requesters = new Requesters(
                    surroundings,
                    new CallBudget(root.optional("api_budget"), surroundings),
                    new Concurrency(root, surroundings));
            for (Component stream : all(root)) {
                attempt(() -> new StreamBuilder(requesters, clock.instant())
                        .open(stream, stream.has("incremental_sync"), None.NONE));
            }
        } catch (ProblemException whole) {
            tell(whole);
        }
        return found;
    }

    private void attempt(Runnable part) {
        try {
            part.run();
        } catch (ProblemException wrong) {
            tell(wrong);
        }
    }

    /** Without a configuration much cannot be evaluated; that is no mistake of the manifest. */
    private void tell(ProblemException wrong) {
        Problem problem = wrong.problem();
        String where = Objects.requireNonNullElse(problem.where(), "");
        if (OF_MANIFEST.contains(problem.code()) && where.startsWith("/")) {
            add(true, where, problem);
        }
    }

    /** The streams that stand in the manifest, whatever their conditions. */
    private static List<Component> all(Component root) {
        List<Component> all = new ArrayList<>();
        for (Component stream : root.all("streams")) {
            if (stream.type().equals("ConditionalStreams")) {
                all.addAll(stream.all("streams"));
            } else {
                all.add(stream);
            }
        }
        return all;
    }

    private List<FoundStream> streams(Component root) {
        List<FoundStream> found = new ArrayList<>();
        try {
            for (Component stream : all(root)) {
                found.add(found(ManifestSource.name(stream), false, described(stream), stream));
            }
            int place = 0;
            for (Component dynamic : root.all("dynamic_streams")) {
                Component template = dynamic.optional("stream_template").orElse(dynamic);
                found.add(found(StreamList.group(dynamic, place++), true, template, dynamic));
            }
        } catch (ProblemException unfinished) {
            add(true, "", unfinished.problem());
        }
        return found;
    }

    private static FoundStream found(String name, boolean isTemplate, Component described, Component whole) {
        List<Component> loaders = described.has("schema_loader") ? described.all("schema_loader") : List.of();
        Optional<String> schema = loaders.stream()
                .filter(loader -> loader.type().equals("InlineSchemaLoader"))
                .map(loader -> loader.raw("schema"))
                .filter(Map.class::isInstance)
                .findFirst()
                .map(each -> JsonValues.write(LocalDates.asTexts(each)));
        return new FoundStream(
                name, isTemplate, Definitions.primaryKey(described), cursor(described), schema, print(whole));
    }

    private static String print(Component stream) {
        String text = JsonValues.canonical(LocalDates.asTexts(stream.values()));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException missing) {
            throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "this Java has no SHA-256")
                    .exception(missing);
        }
    }

    private static Component described(Component stream) {
        return stream.has("incremental_stream") ? Definitions.described(stream) : stream;
    }

    private static List<String> cursor(Component stream) {
        return stream.optional("incremental_sync")
                .flatMap(sync -> sync.optionalText("cursor_field"))
                .map(List::of)
                .orElse(List.of());
    }

    private void checkedStreams(Component root, List<FoundStream> streams) {
        Set<String> names = new LinkedHashSet<>();
        streams.stream().filter(stream -> !stream.isTemplate()).forEach(stream -> names.add(stream.name()));
        root.optional("check")
                .filter(check -> check.type().equals("CheckStream"))
                .ifPresent(check -> {
                    for (String name : check.texts("stream_names")) {
                        if (!names.contains(name)) {
                            add(
                                    true,
                                    "/check/stream_names",
                                    Problem.of(
                                                    "E_MANIFEST",
                                                    ProblemKind.CONFIG,
                                                    "the check names " + name + ", which is no stream of the manifest")
                                            .fix(NearNames.nearest(name, names)
                                                    .map(near -> "did you mean " + near + "?")
                                                    .orElse(null)));
                        }
                    }
                });
        int place = 0;
        for (Component stream : root.all("streams")) {
            if (stream.type().equals("DeclarativeStream") && !stream.has("schema_loader")) {
                warn(
                        "/streams/" + place,
                        "the stream " + ManifestSource.name(stream) + " declares no fields",
                        "test the stream and take over the detected schema");
            }
            place++;
        }
    }

    private void names(Component root) {
        Object specification = root.raw("spec") instanceof Map<?, ?> spec
                ? Values.member(spec, "connection_specification")
                : None.NONE;
        boolean rewritten =
                root.raw("spec") instanceof Map<?, ?> spec && spec.containsKey("config_normalization_rules");
        collect(specification);
        if (rewritten) {
            options.clear();
        }
        Set<String> seen = new HashSet<>();
        int place = 0;
        for (Object stream : root.raw("streams") instanceof List<?> list ? Values.asList(list) : List.of()) {
            Object name = Values.member(stream, "name");
            if (name instanceof String text && !seen.add(text)) {
                add(
                        true,
                        "/streams/" + place + "/name",
                        Problem.of("E_MANIFEST", ProblemKind.CONFIG, "two streams have the name " + text)
                                .fix("give one of them another name"));
            }
            place++;
        }
    }

    private void collect(Object schema) {
        Values.mapOrEmpty(Values.member(schema, "properties")).keySet().forEach(name -> options.add(Values.str(name)));
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (Values.member(schema, choice) instanceof List<?> several) {
                Values.asList(several).forEach(this::collect);
            }
        }
    }

    private void templates(Object node, String where) {
        switch (node) {
            case Map<?, ?> map ->
                Values.asMap(map).forEach((name, value) -> {
                    String field = Values.str(name);
                    boolean apart = where.isEmpty()
                            && Set.of("definitions", "schemas", "metadata", "spec")
                                    .contains(field);
                    if (!apart && !field.equals("$parameters") && !field.equals("schema")) {
                        templates(value, where + "/" + field);
                    }
                });
            case List<?> list -> {
                int place = 0;
                for (Object each : Values.asList(list)) {
                    templates(each, where + "/" + place++);
                }
            }
            case String template when template.contains("{{") || template.contains("{%") -> template(template, where);
            default -> {}
        }
    }

    private void template(String template, String where) {
        Optional<String> wrong = templates.mistake(template);
        if (wrong.isPresent()) {
            add(
                    true,
                    where,
                    Problem.of("E_TEMPLATE", ProblemKind.CONFIG, "the template cannot be read: " + wrong.get()));
            return;
        }
        Matcher named = OPTION.matcher(template);
        while (named.find() && !options.isEmpty()) {
            String option = Stream.of(1, 2, 3)
                    .map(named::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            if (!options.contains(option) && !option.startsWith("__")) {
                warn(
                        where,
                        "the option " + option + " is none of the user inputs",
                        NearNames.nearest(option, options)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("add it to the user inputs"));
            }
        }
    }
}
