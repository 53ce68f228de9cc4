package dev.sluice.engine.verify;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import java.util.ArrayList;
import java.util.List;

/** Makes hashes of the rows of one side. One thread uses it. */
final class RowHasher {
    private final Fields fields;
    private final boolean isStored;
    private final Hasher hasher = new Hasher();

    RowHasher(Fields fields, boolean isStored) {
        this.fields = fields;
        this.isStored = isStored;
    }

    /** The hash of all fields that are compared. */
    Hash row(RecordBatch batch, int row) {
        hasher.begin();
        for (Fields.Compared field : fields.compared()) {
            add(field, batch, row);
        }
        return hasher.hash();
    }

    /** The hash of the key; of all fields if nothing tells rows apart. */
    Hash key(RecordBatch batch, int row) {
        if (!fields.hasKey()) {
            return row(batch, row);
        }
        hasher.begin();
        for (int place : fields.key()) {
            add(fields.compared().get(place), batch, row);
        }
        return hasher.hash();
    }

    /** The hash of each field that is compared. */
    List<Hash> each(RecordBatch batch, int row) {
        List<Hash> hashes = new ArrayList<>(fields.compared().size());
        for (Fields.Compared field : fields.compared()) {
            hasher.begin();
            add(field, batch, row);
            hashes.add(hasher.hash());
        }
        return hashes;
    }

    /** The row for people, in the words of rejected records; by its hash if nothing tells rows apart. */
    String words(RecordBatch batch, int row) {
        if (!fields.hasKey()) {
            return "row " + Long.toHexString(key(batch, row).high());
        }
        StringBuilder words = new StringBuilder();
        for (int place : fields.key()) {
            Fields.Compared field = fields.compared().get(place);
            int index = index(field);
            words.append(words.isEmpty() ? "" : ", ")
                    .append(field.field().name())
                    .append('=')
                    .append(ValueText.of(batch.schema().field(index).type(), batch.column(index), row)
                            .orElse("null"));
        }
        return words.toString();
    }

    private int index(Fields.Compared field) {
        return isStored ? field.stored() : field.source();
    }

    private void add(Fields.Compared field, RecordBatch batch, int row) {
        ValueReader reader =
                isStored ? field.readers().stored() : field.readers().source();
        reader.add(hasher, batch.column(index(field)), row);
    }
}
