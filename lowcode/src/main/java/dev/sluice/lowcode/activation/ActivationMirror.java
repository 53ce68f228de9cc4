package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.ledger.Fate;
import dev.sluice.lowcode.ledger.LedgerFile;
import dev.sluice.lowcode.ledger.MetKeys;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.destination.MirrorTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a mirror does besides writing: it knows the keys of what it has written, and deletes the objects whose keys it meets no more. */
final class ActivationMirror implements AutoCloseable {
    private static final int AT_ONCE = 1000;

    private final ObjectWriting deleting;
    private final MetKeys keys;
    private final Set<Long> removed = new HashSet<>();

    ActivationMirror(ObjectWriting deleting, MetKeys keys) {
        this.deleting = deleting;
        this.keys = keys;
    }

    MetKeys keys() {
        return keys;
    }

    MirrorTarget.Gone gone() {
        return new MirrorTarget.Gone(keys.known() - removed.size(), keys.missing(_ -> {}) - removed.size());
    }

    /** Deletes what was not met. That an object is gone already is as good. */
    MirrorTarget.Removed remove(LedgerFile ledger, ActivationTarget.Host host, List<String> keyNames) {
        List<MetKeys.Missing> some = new ArrayList<>();
        long[] count = new long[2];
        @Nullable String[] why = new @Nullable String[1];
        keys.missing(gone -> {
            if (removed.contains(gone.print())) {
                return;
            }
            some.add(gone);
            if (some.size() == AT_ONCE) {
                delete(some, ledger, host, keyNames, count, why);
                some.clear();
            }
        });
        delete(some, ledger, host, keyNames, count, why);
        return new MirrorTarget.Removed(count[0], count[1], why[0]);
    }

    private void delete(
            List<MetKeys.Missing> gone,
            LedgerFile ledger,
            ActivationTarget.Host host,
            List<String> keyNames,
            long[] count,
            @Nullable String[] why) {
        if (gone.isEmpty()) {
            return;
        }
        // An object that comes back is sent again, however it looked.
        ledger.changing(gone.stream().map(MetKeys.Missing::print).toList());
        @Nullable Fate[] fates = sent(gone, ledger, host, keyNames);
        for (int i = 0; i < fates.length; i++) {
            String refusal = refusal(fates[i]);
            if (refusal == null) {
                removed.add(gone.get(i).print());
                count[0]++;
            } else {
                why[0] = why[0] == null ? refusal : why[0];
                count[1]++;
            }
        }
    }

    private static @Nullable String refusal(@Nullable Fate fate) {
        return switch (fate) {
            case null -> "it was not sent";
            case Fate.Written _, Fate.Unchanged _ -> null;
            case Fate.Rejected(String code, String reason, String _) -> code.equals("NOT_FOUND") ? null : reason;
            case Fate.InDoubt(String reason) -> reason;
        };
    }

    private @Nullable Fate[] sent(
            List<MetKeys.Missing> gone, LedgerFile ledger, ActivationTarget.Host host, List<String> keyNames) {
        try (Shipment shipment = new Shipment(deleting, ledger, host, gone.size(), false)) {
            Packing packing = new Packing(deleting, shipment::send);
            for (int i = 0; i < gone.size(); i++) {
                Map<Object, Object> record = record(gone.get(i), keyNames);
                packing.add(new Item(
                        i, record, deleting.rendered(record), 0, gone.get(i).print(), null));
            }
            packing.end();
            return shipment.settled();
        }
    }

    private static Map<Object, Object> record(MetKeys.Missing gone, List<String> keyNames) {
        List<Object> values = Values.asList((List<?>) JsonValues.read(gone.key()));
        Map<Object, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < keyNames.size(); i++) {
            record.put(keyNames.get(i), values.get(i));
        }
        return record;
    }

    void publish() {
        keys.publish(removed);
        removed.clear();
    }

    @Override
    public void close() {
        keys.close();
    }
}
