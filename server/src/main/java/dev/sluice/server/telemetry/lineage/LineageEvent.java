package dev.sluice.server.telemetry.lineage;

import dev.sluice.engine.map.Origins;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.runs.RunObserver.Moved;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One event in the words of OpenLineage. There are names in it, and numbers; no value of any row, and no secret. */
final class LineageEvent {
    private static final String PRODUCER = "https://sluice.dev";
    private static final String SPEC = "https://openlineage.io/spec/";

    private final Map<String, Object> members = new LinkedHashMap<>();
    private final Map<String, Object> runFacets = new LinkedHashMap<>();

    /**
     * About an attempt.
     *
     * @param state what happens: {@code START}, {@code RUNNING}, {@code COMPLETE}, {@code FAIL} or {@code ABORT}
     * @param name how the job is called
     */
    LineageEvent(String state, Instant at, RunningJob job, String namespace, String name) {
        members.put("eventType", state);
        members.put("eventTime", at.toString());
        members.put("producer", PRODUCER);
        members.put("schemaURL", SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent");
        members.put("run", Map.of("runId", runId(job).toString(), "facets", runFacets));
        members.put(
                "job",
                Map.of(
                        "namespace",
                        namespace,
                        "name",
                        name,
                        "facets",
                        Map.of(
                                "jobType",
                                facet(
                                        "2-0-3/JobTypeJobFacet.json",
                                        Map.of(
                                                "processingType",
                                                "BATCH",
                                                "integration",
                                                "SLUICE",
                                                "jobType",
                                                "SYNC")))));
        members.put("inputs", List.of());
        members.put("outputs", List.of());
    }

    /** The same for all events of an attempt, whichever server works on it. */
    static UUID runId(RunningJob job) {
        String what = job.job().wish().connectionId() + "/" + job.job().id() + "/" + job.attempt();
        return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
    }

    /** What is moved; with numbers where there are some. */
    LineageEvent moves(Moved moved, List<AttemptStream> numbers) {
        Map<StreamId, AttemptStream> known = new LinkedHashMap<>();
        numbers.forEach(each -> known.put(each.stream(), each));
        List<Object> inputs = new ArrayList<>();
        List<Object> outputs = new ArrayList<>();
        for (StreamPlan plan : moved.plan().streams()) {
            Datasets.Name from = Datasets.of(
                    moved.source(), plan.stream().namespace(), plan.stream().name());
            Datasets.Name to = Datasets.of(
                    moved.destination(),
                    plan.target().name().namespace(),
                    plan.target().name().name());
            AttemptStream stream = known.get(plan.stream());
            inputs.add(input(from, plan.read().schema(), stream));
            outputs.add(output(from, to, plan, stream));
        }
        members.put("inputs", inputs);
        members.put("outputs", outputs);
        return this;
    }

    /** Why it failed. */
    LineageEvent failed(@Nullable Problem problem) {
        if (problem != null) {
            String words = problem.code() + ": " + problem.message();
            runFacets.put(
                    "errorMessage",
                    facet("1-0-1/ErrorMessageRunFacet.json", Map.of("message", words, "programmingLanguage", "JAVA")));
        }
        return this;
    }

    String text() {
        return JsonText.write(members);
    }

    private static Map<String, Object> input(Datasets.Name name, Schema schema, @Nullable AttemptStream stream) {
        Map<String, Object> input = new LinkedHashMap<>(name.members());
        input.put("facets", Map.of("schema", schema(schema)));
        if (stream != null) {
            input.put(
                    "inputFacets",
                    Map.of(
                            "inputStatistics",
                            facet(
                                    "1-0-0/InputStatisticsInputDatasetFacet.json",
                                    Map.of(
                                            "rowCount",
                                            stream.counts().read(),
                                            "size",
                                            stream.counts().bytes()))));
        }
        return input;
    }

    private static Map<String, Object> output(
            Datasets.Name from, Datasets.Name to, StreamPlan plan, @Nullable AttemptStream stream) {
        Map<String, Object> output = new LinkedHashMap<>(to.members());
        output.put(
                "facets",
                Map.of(
                        "schema", schema(plan.mapping().schema()),
                        "columnLineage", columns(from, plan.mapping().origins())));
        if (stream != null) {
            output.put(
                    "outputFacets",
                    Map.of(
                            "outputStatistics",
                            facet(
                                    "1-0-2/OutputStatisticsOutputDatasetFacet.json",
                                    Map.of("rowCount", stream.counts().committed()))));
        }
        return output;
    }

    private static Map<String, Object> schema(Schema schema) {
        List<Map<String, String>> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            fields.add(Map.of("name", field.name(), "type", field.type().notation()));
        }
        return facet("1-1-1/SchemaDatasetFacet.json", Map.of("fields", fields));
    }

    private static Map<String, Object> columns(Datasets.Name from, Origins origins) {
        Map<String, Object> fields = new LinkedHashMap<>();
        origins.fields().forEach((name, origin) -> {
            List<Object> inputs = new ArrayList<>();
            origin.fields().forEach(field -> inputs.add(field(from, field, direct(origin.how()))));
            fields.put(name, Map.of("inputFields", inputs));
        });
        List<Object> filters = new ArrayList<>();
        origins.filters()
                .forEach(field -> filters.add(
                        field(from, field, Map.of("type", "INDIRECT", "subtype", "FILTER", "masking", false))));
        return facet("1-2-0/ColumnLineageDatasetFacet.json", Map.of("fields", fields, "dataset", filters));
    }

    private static Map<String, Object> direct(Origins.How how) {
        return switch (how) {
            case SAME -> Map.of("type", "DIRECT", "subtype", "IDENTITY", "masking", false);
            case CHANGED -> Map.of("type", "DIRECT", "subtype", "TRANSFORMATION", "masking", false);
            case HIDDEN -> Map.of("type", "DIRECT", "subtype", "TRANSFORMATION", "masking", true);
        };
    }

    private static Map<String, Object> field(Datasets.Name from, String field, Map<String, Object> transformation) {
        return Map.of(
                "namespace",
                from.namespace(),
                "name",
                from.name(),
                "field",
                field,
                "transformations",
                List.of(transformation));
    }

    private static Map<String, Object> facet(String schema, Map<String, ?> content) {
        Map<String, Object> facet = new LinkedHashMap<>(content);
        facet.put("_producer", PRODUCER);
        facet.put("_schemaURL", SPEC + "facets/" + schema);
        return facet;
    }
}
