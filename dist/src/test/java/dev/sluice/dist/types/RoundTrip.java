package dev.sluice.dist.types;

import dev.sluice.dist.types.Copies.Copy;
import dev.sluice.dist.types.NativeColumn.Sample;
import dev.sluice.dist.types.Plans.Column;
import dev.sluice.dist.types.Plans.Target;
import dev.sluice.dist.types.Side.Stored;
import dev.sluice.testkit.contract.HostileNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One random table of each side, which goes to each side and from there to another place of the side that it came from. */
final class RoundTrip {
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_ROWS = 300;

    private final List<? extends SqlSide> sides;
    private final List<? extends SqlSide> homes;
    private final Path folder;
    private final Random random;
    private final Map<String, Content> contents = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    /**
     * Prepares a trip.
     *
     * @param sides where the tables begin and go to
     * @param homes other places of the same systems in the same order, where they return to
     * @param folder an empty folder for projects
     */
    RoundTrip(List<? extends SqlSide> sides, List<? extends SqlSide> homes, Path folder, long seed) {
        this.sides = sides;
        this.homes = homes;
        this.folder = folder;
        random = new Random(seed);
    }

    /** Makes the trip; gives back what returned otherwise and should not have. */
    List<String> faults() {
        for (SqlSide side : sides) {
            Content content = content(side.columns());
            contents.put(side.name(), content);
            side.create(content);
        }
        Copies there = new Copies(folder.resolve("there"));
        forEachPair((from, to, home) -> there.add(
                Copies.name(from, to),
                from.source(),
                to.destination(),
                from.stream() + ": {mode: full_refresh_overwrite}",
                "from_" + from.name() + "_",
                Side.TABLE));
        Map<String, Copy> went = there.run();
        Copies back = new Copies(folder.resolve("back"));
        forEachPair((from, to, home) -> {
            Target target = target(went, from, to);
            String fields = target.columns().stream()
                    .map(column -> Facts.quoted(column.column()))
                    .collect(Collectors.joining(", "));
            back.add(
                    Copies.name(from, to),
                    to.again(target),
                    home.destination(),
                    to.streamAgain(target) + ": {mode: full_refresh_overwrite, fields: [" + fields + "]}",
                    "back_from_" + to.name() + "_",
                    target.table());
        });
        Map<String, Copy> returned = back.run();
        forEachPair((from, to, home) -> compare(
                Copies.name(from, to) + " and back",
                Objects.requireNonNull(contents.get(from.name())),
                new Half(target(went, from, to), to),
                new Half(target(returned, from, to), home)));
        return faults;
    }

    private static Target target(Map<String, Copy> copies, Side from, Side to) {
        return Objects.requireNonNull(copies.get(Copies.name(from, to)), "no such copy")
                .target();
    }

    /** What is done for each pair. */
    @FunctionalInterface
    private interface Leg {
        void go(SqlSide from, SqlSide to, SqlSide home);
    }

    /** A folder of no files is no stream, so tables without rows do not go by files. */
    private void forEachPair(Leg leg) {
        for (int i = 0; i < sides.size(); i++) {
            for (SqlSide to : sides) {
                boolean empty = Objects.requireNonNull(contents.get(sides.get(i).name()))
                        .rows()
                        .isEmpty();
                if (!empty || !(to instanceof ParquetSide || sides.get(i) instanceof ParquetSide)) {
                    leg.go(sides.get(i), to, homes.get(i));
                }
            }
        }
    }

    private Content content(List<NativeColumn> known) {
        List<NativeColumn> columns = new ArrayList<>();
        int count = 1 + random.nextInt(MOST_COLUMNS);
        for (int i = 0; i < count; i++) {
            columns.add(known.get(random.nextInt(known.size())));
        }
        // Characters of four bytes are in no name of MySQL.
        List<String> names = new ArrayList<>(HostileNames.all().stream()
                .filter(name -> name.codePoints().allMatch(Character::isBmpCodePoint))
                .toList());
        Collections.shuffle(names, random);
        int rows = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(MOST_ROWS);
        return new Content(
                names.subList(0, count),
                columns,
                Stream.generate(() -> row(columns)).limit(rows).toList());
    }

    private List<@Nullable Sample> row(List<NativeColumn> columns) {
        List<@Nullable Sample> row = new ArrayList<>();
        for (NativeColumn column : columns) {
            int chosen = random.nextInt(column.samples().size() + 1);
            row.add(column.sample(chosen));
        }
        return Collections.unmodifiableList(row);
    }

    /** Where rows arrived, and where that is. */
    private record Half(Target target, SqlSide side) {
        Map<Integer, Stored> rows() {
            Map<Integer, Stored> rows = new HashMap<>();
            side.read(target).forEach(row -> rows.put(row.id(), row));
            return rows;
        }

        Column column(String field) {
            return target.columns().stream()
                    .filter(column -> column.field().equals(field))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void compare(String what, Content content, Half there, Half back) {
        Map<Integer, Stored> away = there.rows();
        Map<Integer, Stored> home = back.rows();
        for (int id = 1; id <= content.rows().size(); id++) {
            Stored first = away.get(id);
            Stored second = home.get(id);
            if (first == null || second == null) {
                faults.add(what + ": row " + id + " is missing");
                continue;
            }
            for (int i = 0; i < content.names().size(); i++) {
                Column out = there.column(content.names().get(i));
                Column in = back.column(out.column());
                compare(
                        what + ", " + content.columns().get(i).label() + " as " + out.columnType() + " as "
                                + in.columnType(),
                        content.rows().get(id - 1).get(i),
                        new Value(out, first),
                        new Value(in, second));
            }
        }
        if (away.size() != content.rows().size() || home.size() != away.size()) {
            faults.add(what + ": " + content.rows().size() + " rows became " + away.size() + " and " + home.size());
        }
    }

    /** A value in one of the places. */
    private record Value(Column column, Stored row) {
        @Nullable
        String text() {
            return row.texts().get(column.field());
        }

        @Nullable
        String reason() {
            return row.altered().get(column.field());
        }

        /** True if the destination could not hold the value, and the plan has not told that there are such. */
        boolean isUntold() {
            String reason = reason();
            return reason != null && reason.startsWith("DESTINATION") && column.note() == null;
        }
    }

    private void compare(String what, @Nullable Sample sample, Value there, Value back) {
        boolean same = Arrival.isSame(there.column().type(), sample, back.text());
        boolean marked = there.reason() != null || back.reason() != null;
        String change = (sample == null ? "null" : sample.input()) + " becomes " + Arrival.shown(there.text())
                + " becomes " + Arrival.shown(back.text());
        if (!same && !marked) {
            faults.add(what + ": " + change);
        }
        if (there.isUntold() || back.isUntold()) {
            faults.add(what + ", which no plan tells: " + change);
        }
        if (same && back.reason() != null) {
            faults.add(what + ", marked, but the same: " + change);
        }
    }
}
