package dev.sluice.dist.crash;

import java.util.Arrays;
import java.util.List;

/** Where rows come from and go to, and with it how a commit is made. */
enum Family {
    POSTGRES("PostgreSQL to PostgreSQL"),
    DUCKDB("DuckDB to DuckDB"),
    /** Its tables are not made in transactions. */
    MARIADB("DuckDB to MariaDB"),
    /** A folder of CSV files, which are published by a manifest. */
    FILES("DuckDB to files"),
    SQLITE("DuckDB to SQLite"),
    /** The same files on a server of SFTP, which stands for all stores: nothing is exchanged as a folder there. */
    STORE("DuckDB to SFTP");

    private static final List<String> ALL = List.of(
            "after-plan",
            "between-ledger-and-tables",
            "before-open-commit",
            "after-open",
            "after-write",
            "before-prepare",
            "before-commit",
            "after-merge",
            "after-manifest",
            "after-commit",
            "after-state",
            "after-commit:2",
            "after-state:2",
            "before-publish",
            "before-swap",
            "after-swap",
            "before-publish-commit",
            "after-publish",
            "after-final-state");

    private static final List<String> SQL_ONLY = List.of("before-open-commit", "after-merge", "before-publish-commit");
    private static final List<String> MARIADB_ONLY = List.of("between-ledger-and-tables");
    private static final List<String> FILES_ONLY = List.of("after-manifest");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The cut points in the order in which a run comes to them; the second passes of some lie in the middle of a read. */
    List<String> cuts() {
        List<List<String>> others = switch (this) {
            case POSTGRES, DUCKDB, SQLITE -> List.of(FILES_ONLY, MARIADB_ONLY);
            case MARIADB -> List.of(FILES_ONLY);
            case FILES, STORE -> List.of(SQL_ONLY, MARIADB_ONLY);
        };
        return ALL.stream()
                .filter(cut -> others.stream().noneMatch(each -> each.contains(cut)))
                .toList();
    }

    /** The modes that it offers. */
    List<Mode> modes() {
        return switch (this) {
            case POSTGRES, DUCKDB, MARIADB, SQLITE -> List.of(Mode.values());
            case FILES, STORE ->
                Arrays.stream(Mode.values()).filter(mode -> !mode.merges()).toList();
        };
    }
}
