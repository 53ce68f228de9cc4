package dev.sluice.dist.crash;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where rows come from and go to, and with it how a commit is made. */
enum Family {
    POSTGRES("PostgreSQL to PostgreSQL"),
    DUCKDB("DuckDB to DuckDB"),
    /** Its tables are not made in transactions. */
    MARIADB("DuckDB to MariaDB"),
    /** A folder of CSV files, which are published by a manifest. */
    FILES("DuckDB to files");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The cut points on its way; the second passes of some lie in the middle of a read. */
    List<String> cuts() {
        return switch (this) {
            case POSTGRES, DUCKDB -> sqlCuts().toList();
            case MARIADB ->
                Stream.concat(sqlCuts(), Stream.of("between-ledger-and-tables")).toList();
            case FILES ->
                Stream.concat(engineCuts(), Stream.of("after-manifest", "before-swap", "after-swap"))
                        .toList();
        };
    }

    /** The modes that it offers. */
    List<Mode> modes() {
        return switch (this) {
            case POSTGRES, DUCKDB, MARIADB -> List.of(Mode.values());
            case FILES ->
                Arrays.stream(Mode.values()).filter(mode -> !mode.merges()).toList();
        };
    }

    private static Stream<String> engineCuts() {
        return Stream.of(
                "after-plan",
                "after-open",
                "after-write",
                "before-prepare",
                "before-commit",
                "after-commit",
                "after-commit:2",
                "after-state",
                "after-state:2",
                "before-publish",
                "after-publish",
                "after-final-state");
    }

    private static Stream<String> sqlCuts() {
        return Stream.concat(
                engineCuts(),
                Stream.of("before-open-commit", "after-merge", "before-swap", "after-swap", "before-publish-commit"));
    }
}
