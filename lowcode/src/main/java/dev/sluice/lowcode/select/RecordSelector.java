package dev.sluice.lowcode.select;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.transform.Transformations;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Takes the records out of answers: extract, filter and transform, bring into the types of the schema. */
public final class RecordSelector {
    private final Surroundings surroundings;
    private final Extractor extractor;
    private final String place;
    private final Optional<Component> filter;
    private final Transformations transformations;
    private final boolean transformsFirst;
    private final Optional<Normalization> normalization;
    private final BiPredicate<Map<Object, Object>, StreamSlice> wanted;

    /**
     * A selector.
     *
     * @param component the component
     * @param transformations what is done to each record
     * @param schema the schema of the stream, for selectors that bring values into its types
     * @param wanted which records count at all, as far as the cursor says
     * @param transformsFirst true if records are transformed before they are filtered, where the manifest says nothing
     */
    public RecordSelector(
            Component component,
            Surroundings surroundings,
            Transformations transformations,
            Object schema,
            BiPredicate<Map<Object, Object>, StreamSlice> wanted,
            boolean transformsFirst) {
        if (!component.type().equals("RecordSelector")) {
            throw component.unsupported();
        }
        this.surroundings = surroundings;
        this.place = component.required("extractor").where();
        this.extractor = Extractor.of(component.required("extractor"), surroundings);
        this.filter = component.optional("record_filter");
        filter.filter(each -> !each.type().equals("RecordFilter")).ifPresent(custom -> {
            throw custom.unsupported();
        });
        this.transformations = transformations;
        this.transformsFirst = component.truth("transform_before_filtering", transformsFirst);
        this.wanted = wanted;
        this.normalization = normalization(component, schema, surroundings);
    }

    private static Optional<Normalization> normalization(
            Component component, Object schema, Surroundings surroundings) {
        Object how = component.raw("schema_normalization");
        if (how instanceof Map<?, ?>) {
            Component rules = component.required("schema_normalization");
            if (!rules.type().equals("DateNormalization")) {
                throw rules.unsupported();
            }
            return Optional.of(new Normalization(schema, Optional.of(new DateRules(rules, surroundings))));
        }
        return how.equals("Default") ? Optional.of(new Normalization(schema, Optional.empty())) : Optional.empty();
    }

    /** The raw records of decoded elements. */
    public List<Object> extract(List<Object> elements) {
        return extractor.records(elements);
    }

    /** The records of an answer. */
    public List<Map<Object, Object>> select(Answer answer, Decoder decoder, StreamSlice slice, Object token) {
        return refine(extract(decoder.elements(answer)), slice, token);
    }

    /** What becomes of raw records. */
    public List<Map<Object, Object>> refine(List<Object> raw, StreamSlice slice, Object token) {
        List<Map<Object, Object>> records = new ArrayList<>();
        for (Object each : raw) {
            if (!(each instanceof Map<?, ?> map)) {
                if (filter.isPresent() && !passes(each, slice, token)) {
                    continue;
                }
                throw Problem.of("E_HTTP_BODY", ProblemKind.DATA, "a record of an answer is no JSON object")
                        .at(place)
                        .because("it is a " + Values.typeName(each))
                        .fix("let the field_path of the extractor lead to the records")
                        .exception();
            }
            Map<Object, Object> record = new LinkedHashMap<>(Values.asMap(map));
            if (transformsFirst) {
                transformations.apply(record, slice);
            }
            if (!wanted.test(record, slice) || !passes(record, slice, token)) {
                continue;
            }
            if (!transformsFirst) {
                transformations.apply(record, slice);
            }
            normalization.ifPresent(rules -> rules.apply(record));
            records.add(record);
        }
        return records;
    }

    private boolean passes(Object record, StreamSlice slice, Object token) {
        if (filter.isEmpty()) {
            return true;
        }
        Scope scope = surroundings
                .scope(filter.get().parameters())
                .with("record", record)
                .with("stream_slice", slice)
                .with("next_page_token", token instanceof None ? token : Map.of("next_page_token", token));
        return surroundings.templates().holds(filter.get().text("condition", ""), scope);
    }
}
