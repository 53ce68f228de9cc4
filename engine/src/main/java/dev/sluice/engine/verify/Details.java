package dev.sluice.engine.verify;

import dev.sluice.engine.verify.Difference.Kind;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at the rows that differ field by field, and tells what is known and no fault. */
final class Details {
    /** A change in {@code _airbyte_meta}; Sluice writes the field first, and databases that sort keys leave it whole. */
    private static final Pattern CHANGED_FIELD = Pattern.compile("\"field\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*\")");

    private final Sides sides;
    private final Map<Hash, Kind> suspects;
    private final Set<String> rejected;
    private final Map<Hash, Detail> details = new HashMap<>();

    /**
     * Prepares to look at rows.
     *
     * @param suspects the keys that differ; those that turn out to be no fault get another kind
     * @param rejected the rows that were rejected and are kept, in words
     */
    Details(Sides sides, Map<Hash, Kind> suspects, Set<String> rejected) {
        this.sides = sides;
        this.suspects = suspects;
        this.rejected = rejected;
    }

    /** What is known of a key. */
    private static final class Detail {
        private String words = "";
        private @Nullable List<Hash> source;
        private @Nullable List<Hash> stored;
        private final Set<String> changed = new HashSet<>();
        private int rows;
    }

    /** The rows that differ, in words. */
    List<Difference> run() {
        if (suspects.isEmpty()) {
            return List.of();
        }
        sides.read((side, hasher, batch, row) -> {
            Hash key = hasher.key(batch, row);
            if (suspects.containsKey(key)) {
                synchronized (details) {
                    note(details.computeIfAbsent(key, none -> new Detail()), side, hasher, batch, row);
                }
            }
        });
        List<Difference> differences = new ArrayList<>();
        details.forEach((key, detail) -> {
            Difference difference = difference(detail, suspects.get(key));
            suspects.put(key, difference.kind());
            differences.add(difference);
        });
        return differences;
    }

    private static void note(Detail detail, Sides.Side side, RowHasher hasher, RecordBatch batch, int row) {
        detail.rows++;
        switch (side) {
            case SOURCE -> {
                detail.source = hasher.each(batch, row);
                detail.words = hasher.words(batch, row);
            }
            case STORED -> {
                detail.stored = hasher.each(batch, row);
                detail.words = detail.words.isEmpty() ? hasher.words(batch, row) : detail.words;
                detail.changed.addAll(changed(batch, row));
            }
        }
    }

    /** The fields of which the row itself says that they were altered. */
    private static Set<String> changed(RecordBatch batch, int row) {
        OptionalInt meta = batch.schema().indexOf(Fields.META);
        if (meta.isEmpty()) {
            return Set.of();
        }
        int index = meta.getAsInt();
        String text = ValueText.of(batch.schema().field(index).type(), batch.column(index), row)
                .orElse("");
        Set<String> fields = new HashSet<>();
        for (Matcher change = CHANGED_FIELD.matcher(text); change.find(); ) {
            fields.add(JsonForm.of(change.group(1)));
        }
        return fields;
    }

    private Difference difference(Detail detail, @Nullable Kind suspected) {
        Kind kind = suspected == null ? Kind.DIFFERENT : suspected;
        if (kind == Kind.MISSING && rejected.contains(detail.words)) {
            return new Difference(Kind.REJECTED, detail.words, List.of());
        }
        if (kind != Kind.DIFFERENT || detail.source == null || detail.stored == null) {
            return new Difference(kind, detail.words, List.of());
        }
        List<String> fields = new ArrayList<>();
        boolean known = detail.rows == 2;
        for (int i = 0; i < sides.fields().compared().size(); i++) {
            if (!detail.source.get(i).equals(detail.stored.get(i))) {
                String name = sides.fields().compared().get(i).field().name();
                fields.add(name);
                known &= detail.changed.contains(JsonForm.quoted(name));
            }
        }
        return new Difference(known && !fields.isEmpty() ? Kind.ALTERED : kind, detail.words, fields);
    }
}
