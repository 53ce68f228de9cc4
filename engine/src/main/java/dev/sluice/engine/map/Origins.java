package dev.sluice.engine.map;

import dev.sluice.spi.type.Schema;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of fields come from.
 *
 * @param fields for each field in the end, where its values come from
 * @param filters the fields of the source by which rows are left out
 */
public record Origins(Map<String, Origin> fields, Set<String> filters) {
    public Origins {
        fields = new LinkedHashMap<>(fields);
        filters = new LinkedHashSet<>(filters);
    }

    /**
     * Where the values of a field come from.
     *
     * @param fields the fields of the source; empty for a constant
     * @param how what was done to their values, at most
     */
    public record Origin(Set<String> fields, How how) {
        public Origin {
            fields = new LinkedHashSet<>(fields);
        }

        private Origin with(How more) {
            return new Origin(fields, how.compareTo(more) < 0 ? more : how);
        }
    }

    /** What was done to values. */
    public enum How {
        /** Nothing. */
        SAME,
        /** Others were made of them. */
        CHANGED,
        /** They cannot be told any more from what was made of them. */
        HIDDEN
    }

    static Origins of(Schema before, List<MapperSpec> specs, List<Step> steps) {
        Map<String, Origin> now = new LinkedHashMap<>();
        before.names().forEach(name -> now.put(name, new Origin(Set.of(name), How.SAME)));
        Set<String> filters = new LinkedHashSet<>();
        Schema schema = before;
        for (int i = 0; i < specs.size(); i++) {
            switch (specs.get(i)) {
                case MapperSpec.Rename(String from, String to) -> put(now, to, now.remove(from));
                case MapperSpec.Remove(String field) -> now.remove(field);
                case MapperSpec.Hash hash -> hide(now, hash.field(), hash.suffix());
                case MapperSpec.Encrypt encrypt -> hide(now, encrypt.field(), encrypt.suffix());
                case MapperSpec.Select select ->
                    now.computeIfPresent(select.field(), (_, origin) -> origin.with(How.CHANGED));
                case MapperSpec.Compute compute -> now.put(compute.field(), computed(now, steps.get(i), schema));
                case MapperSpec.Filter ignored ->
                    filters.addAll(
                            of(now, ((FilterStep) steps.get(i)).condition().fields(), schema)
                                    .fields());
            }
            schema = steps.get(i).schema();
        }
        return new Origins(now, filters);
    }

    /** The same behind which fields of objects are made of the fields. */
    Origins projected(Schema mapped, Projection projection) {
        Map<String, Origin> now = new LinkedHashMap<>();
        for (Projection.Part part : projection.parts()) {
            Origin origin = of(fields, part.value().fields(), mapped);
            boolean same = part.value().copiedField().isPresent();
            now.put(part.field().name(), same ? origin : origin.with(How.CHANGED));
        }
        return new Origins(now, filters);
    }

    private static void put(Map<String, Origin> now, String field, @Nullable Origin origin) {
        if (origin != null) {
            now.put(field, origin);
        }
    }

    private static void hide(Map<String, Origin> now, String field, String suffix) {
        Origin origin = now.remove(field);
        put(now, field + suffix, origin == null ? null : origin.with(How.HIDDEN));
    }

    private static Origin computed(Map<String, Origin> now, Step step, Schema schema) {
        ComputeStep compute = (ComputeStep) step;
        Origin origin = of(now, compute.expression().fields(), schema);
        return compute.expression().copiedField().isPresent() ? origin : origin.with(How.CHANGED);
    }

    /** What fields at some places come from together. */
    private static Origin of(Map<String, Origin> now, Set<Integer> places, Schema schema) {
        Set<String> fields = new LinkedHashSet<>();
        How how = How.SAME;
        for (int place : places) {
            Origin origin = now.get(schema.field(place).name());
            if (origin != null) {
                fields.addAll(origin.fields());
                how = how.compareTo(origin.how()) < 0 ? origin.how() : how;
            }
        }
        return new Origin(fields, how);
    }
}
