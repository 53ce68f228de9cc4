package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.ledger.Fate;
import dev.sluice.lowcode.ledger.LedgerFile;
import dev.sluice.lowcode.ledger.Print;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows as they come, in requests as large as the system takes, several at the same time. Of several rows of a batch with one key
 * the last one counts. One thread uses it, except for {@link #cancel}.
 */
final class ActivationWriter implements Writer {
    private final ActivationTarget target;
    private final ObjectWriting writing;
    private final LedgerFile ledger;
    private final WriteContext context;
    private final List<String> keyNames;
    private final Print print = new Print();
    private long taken;
    private long rejected;
    private long unchanged;
    private long bytes;

    ActivationWriter(ActivationTarget target, WriteContext context) {
        this.target = target;
        this.writing = target.writing();
        this.ledger = target.ledger();
        this.context = context;
        this.keyNames = target.keyNames();
    }

    private boolean remembersObjects() {
        return !keyNames.isEmpty() && target.host().detectsChanges();
    }

    @Override
    public void write(RecordBatch batch) {
        bytes += batch.payloadBytes();
        RecordValues values = new RecordValues(batch, target.object().kept(), RecordValues.cleared(writing.cleared()));
        long[] keys = keys(batch, values);
        int[] earlier = new int[batch.rows()];
        List<Integer> rows = latest(batch, keys, earlier);
        // Where the later row of a key is refused, the one before it is the last that counts.
        while (!rows.isEmpty()) {
            rows = send(batch, values, keys, rows).stream()
                    .map(row -> earlier[row])
                    .filter(row -> row >= 0)
                    .toList();
            taken -= rows.size();
        }
    }

    /** What a mirror has to know of the rows that were sent, or need not be: all but the refused ones are there. */
    private void meet(RecordValues values, long[] keys, List<Integer> rows, List<Integer> refused) {
        if (target.isMirror()) {
            Set<Integer> not = new HashSet<>(refused);
            for (int row : rows) {
                if (!not.contains(row)) {
                    target.met(keys[row], JsonValues.write(values.key(row, keyNames)));
                }
            }
        }
    }

    /** Sends rows; those that were rejected. */
    private List<Integer> send(RecordBatch batch, RecordValues values, long[] keys, List<Integer> rows) {
        List<Integer> refused = new ArrayList<>();
        try (Shipment shipment = new Shipment(writing, ledger, target.host(), batch.rows(), true)) {
            Packing packing = new Packing(writing, shipment::send);
            for (int row : rows) {
                Item item = item(batch, values, row, keys[row], refused);
                if (item != null) {
                    packing.add(item);
                }
            }
            packing.end();
            @Nullable Fate[] fates = shipment.settled();
            for (int row = 0; row < fates.length; row++) {
                Fate fate = fates[row];
                if (fate != null) {
                    settle(batch, row, fate, refused);
                }
            }
        }
        meet(values, keys, rows, refused);
        return refused;
    }

    private long[] keys(RecordBatch batch, RecordValues values) {
        long[] keys = new long[batch.rows()];
        if (!keyNames.isEmpty()) {
            for (int row = 0; row < keys.length; row++) {
                keys[row] = print.of(JsonValues.write(values.key(row, keyNames)));
            }
        }
        return keys;
    }

    /**
     * The rows that are sent, and for each of them the one of the same key before it, or -1. Others need not be: a later one of the same
     * key stands for them, or they only say that something is gone at its source, which changes nothing of what was made of it.
     */
    private List<Integer> latest(RecordBatch batch, long[] keys, int[] earlier) {
        boolean[] over = new boolean[batch.rows()];
        Map<Long, Integer> last = new HashMap<>();
        for (int row = 0; row < over.length; row++) {
            earlier[row] = -1;
            if (batch.hasOperations() && batch.operation(row) == Operation.DELETE) {
                over[row] = true;
                taken++;
                unchanged++;
            } else if (keys[row] != 0) {
                Integer before = last.put(keys[row], row);
                if (before != null) {
                    earlier[row] = before;
                    over[before] = true;
                    taken++;
                }
            }
        }
        return IntStream.range(0, over.length).filter(row -> !over[row]).boxed().toList();
    }

    /** What is sent of a row; null if its fate is known already. */
    private @Nullable Item item(RecordBatch batch, RecordValues values, int row, long key, List<Integer> refused) {
        Map<Object, Object> record = values.record(row);
        long look = print.of(target.content(record));
        if (writing.whenRepeated() != ObjectWriting.Repeat.SAFE) {
            Fate before = ledger.claim(look);
            if (before != null) {
                settle(batch, row, before, refused);
                return null;
            }
        }
        if (remembersObjects() && ledger.isAsSent(key, look)) {
            taken++;
            unchanged++;
            return null;
        }
        return new Item(row, record, writing.rendered(record), remembersObjects() ? key : 0, look, null);
    }

    private void settle(RecordBatch batch, int row, Fate fate, List<Integer> refused) {
        switch (fate) {
            case Fate.Written _ -> taken++;
            case Fate.Unchanged _ -> {
                taken++;
                unchanged++;
            }
            case Fate.Rejected(String code, String reason, String field) -> {
                context.reject(
                        batch,
                        row,
                        code,
                        reason,
                        field == null || batch.schema().indexOf(field).isEmpty() ? null : field);
                rejected++;
                refused.add(row);
            }
            case Fate.InDoubt(String reason) -> {
                context.reject(batch, row, "IN_DOUBT", reason, null);
                rejected++;
            }
        }
    }

    @Override
    public Committable prepare(Marker marker) {
        Committable prepared = new Committable(marker, taken, rejected, bytes, unchanged, "");
        taken = 0;
        rejected = 0;
        unchanged = 0;
        bytes = 0;
        return prepared;
    }

    @Override
    public void cancel() {
        target.host().surroundings().stop();
    }

    /** What was sent stays; the ledger knows it. */
    @Override
    public void close() {
        ledger.flush();
    }
}
