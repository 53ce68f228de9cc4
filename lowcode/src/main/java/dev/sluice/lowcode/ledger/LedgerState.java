package dev.sluice.lowcode.ledger;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the lines of a ledger say together, from the first to the last. */
final class LedgerState {
    private @Nullable String connection;
    private long generation;
    private long syncId;
    private boolean published = true;
    private @Nullable Position position;
    private final Map<String, SplitProgress> splits = new TreeMap<>();
    private final Map<Long, Intent> open = new LinkedHashMap<>();
    private final Map<Long, Deque<Fate>> fates = new LinkedHashMap<>();
    private long lastIntent;

    /**
     * A request that was about to be sent, of which no outcome is known.
     *
     * @param id its number
     * @param prints the numbers of its records
     * @param records its records, as JSON
     * @param key what the system knows the request by; empty if it knows none
     * @param time when
     */
    record Intent(long id, List<Long> prints, List<Object> records, String key, String time) {}

    static String line(Map<String, Object> members) {
        return JsonValues.write(members) + "\n";
    }

    /** Takes a line in. */
    void take(String line) {
        Object read = JsonValues.read(line);
        switch (Values.str(Values.member(read, "is"))) {
            case "run" -> {
                connection = Values.str(Values.member(read, "connection"));
                generation = whole(read, "generation");
                syncId = whole(read, "sync");
                published = false;
                splits.clear();
                open.clear();
                fates.clear();
            }
            case "intent" -> intend(read);
            case "outcome" -> settle(read);
            case "marker" -> {
                splits.put(
                        Values.str(Values.member(read, "split")),
                        new SplitProgress(
                                text(read, "position"),
                                Values.truthy(Values.member(read, "finished")),
                                whole(read, "rows")));
                fates.clear();
                items(read, "left").forEach(this::leave);
            }
            case "published" -> {
                published = true;
                splits.clear();
                fates.clear();
                open.clear();
                String identity = text(read, "identity");
                position = identity == null ? null : new Position(identity, Values.str(Values.member(read, "value")));
            }
            case "discarded" -> {
                splits.clear();
                fates.clear();
                open.clear();
            }
            default -> {} // a line of a later version
        }
    }

    private void intend(Object read) {
        List<Long> prints = new ArrayList<>();
        items(read, "prints").forEach(each -> prints.add(Numbers.big(each).longValue()));
        lastIntent = whole(read, "id");
        open.put(
                lastIntent,
                new Intent(
                        lastIntent,
                        prints,
                        items(read, "records"),
                        Values.str(Values.member(read, "key")),
                        Values.str(Values.member(read, "time"))));
    }

    private void settle(Object read) {
        Intent intent = open.remove(whole(read, "id"));
        List<Object> told = items(read, "fates");
        for (int i = 0; intent != null && i < told.size(); i++) {
            Fate fate = fate(told.get(i));
            if (fate != null) {
                add(intent.prints().get(i), fate);
            }
        }
    }

    private void leave(Object left) {
        Fate fate = fate(Values.member(left, "fate"));
        if (fate != null) {
            add(whole(left, "print"), fate);
        }
    }

    void add(long print, Fate fate) {
        fates.computeIfAbsent(print, _ -> new ArrayDeque<>()).add(fate);
    }

    /** A fate in the words of a line. */
    static Object words(@Nullable Fate fate) {
        return switch (fate) {
            case null -> None.NONE; // it was not sent after all
            case Fate.Written _ -> "written";
            case Fate.Unchanged _ -> "unchanged";
            case Fate.InDoubt(String reason) -> new LinkedHashMap<>(Map.of("doubt", reason));
            case Fate.Rejected(String code, String reason, String field) -> {
                Map<Object, Object> words = new LinkedHashMap<>();
                words.put("code", code);
                words.put("reason", reason);
                if (field != null) {
                    words.put("field", field);
                }
                yield words;
            }
        };
    }

    private static @Nullable Fate fate(Object words) {
        if (words instanceof Map<?, ?> map) {
            return map.containsKey("doubt")
                    ? new Fate.InDoubt(Values.str(Values.member(words, "doubt")))
                    : new Fate.Rejected(
                            Values.str(Values.member(words, "code")),
                            Values.str(Values.member(words, "reason")),
                            text(words, "field"));
        }
        if (words instanceof None) {
            return null;
        }
        return words.equals("unchanged") ? new Fate.Unchanged() : new Fate.Written();
    }

    private static List<Object> items(Object line, String member) {
        return Values.member(line, member) instanceof List<?> list ? Values.asList(list) : List.of();
    }

    private static @Nullable String text(Object line, String member) {
        Object value = Values.member(line, member);
        return value instanceof None ? null : Values.str(value);
    }

    private static long whole(Object line, String member) {
        return Numbers.big(Values.member(line, member)).longValue();
    }

    /** The lines that say the same as all that were taken, where no request is open. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (connection == null) {
            return lines;
        }
        String run = line(run(connection, generation, syncId));
        lines.add(run);
        if (published || position != null) {
            lines.add(line(published(position)));
        }
        if (!published) {
            lines.add(run);
        }
        int told = 0;
        for (Map.Entry<String, SplitProgress> split : splits.entrySet()) {
            boolean last = ++told == splits.size();
            lines.add(line(marker(split.getKey(), split.getValue(), last ? left() : List.of())));
        }
        return lines;
    }

    static Map<String, Object> run(String connection, long generation, long syncId) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("is", "run");
        line.put("connection", connection);
        line.put("generation", generation);
        line.put("sync", syncId);
        return line;
    }

    static Map<String, Object> published(@Nullable Position position) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("is", "published");
        if (position != null) {
            line.put("identity", position.identity());
            line.put("value", position.value());
        }
        return line;
    }

    static Map<String, Object> marker(String split, SplitProgress progress, List<Object> left) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("is", "marker");
        line.put("split", split);
        if (progress.position() != null) {
            line.put("position", progress.position());
        }
        line.put("finished", progress.finished());
        line.put("rows", progress.rows());
        line.put("left", left);
        return line;
    }

    /** What is left of what was sent and not read again. */
    List<Object> left() {
        List<Object> left = new ArrayList<>();
        fates.forEach((print, all) -> all.forEach(fate -> {
            Map<Object, Object> one = new LinkedHashMap<>();
            one.put("print", print);
            one.put("fate", words(fate));
            left.add(one);
        }));
        return left;
    }

    @Nullable
    Fate claim(long print) {
        Deque<Fate> there = fates.get(print);
        if (there == null) {
            return null;
        }
        Fate fate = there.poll();
        if (there.isEmpty()) {
            fates.remove(print);
        }
        return fate;
    }

    List<Intent> open() {
        return List.copyOf(open.values());
    }

    /** Forgets a request whose records count as read already. */
    void close(long id) {
        open.remove(id);
    }

    long nextIntent() {
        return ++lastIntent;
    }

    /** The rows that are committed of the read that is not finished. */
    long rows() {
        return splits.values().stream().mapToLong(SplitProgress::rows).sum();
    }

    /** True if something was sent that no marker covers. */
    boolean hasMore() {
        return !fates.isEmpty() || !open.isEmpty();
    }

    @Nullable
    Ledger ledger() {
        return connection == null ? null : new Ledger(connection, generation, syncId, published, position, splits);
    }
}
