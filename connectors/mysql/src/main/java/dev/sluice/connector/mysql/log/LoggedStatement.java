package dev.sluice.connector.mysql.log;

import dev.sluice.connector.mysql.log.SqlWords.Word;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement in the log that is not told by its rows. What it means for a table is judged on the safe side: a statement that
 * is not known counts as one that changed every table that it names.
 */
final class LoggedStatement {
    private static final Set<String> HARMLESS = Set.of(
            "GRANT",
            "REVOKE",
            "SET",
            "FLUSH",
            "ANALYZE",
            "REPAIR",
            "CHECK",
            "CHECKSUM",
            "INSTALL",
            "UNINSTALL",
            "USE",
            "SHUTDOWN",
            "SAVEPOINT",
            "RELEASE",
            "SHOW",
            "BACKUP",
            "KILL",
            "PURGE",
            "RESET");

    /** What may follow ADD and DROP in an ALTER without changing a column. */
    private static final Set<String> NO_COLUMN = Set.of(
            "INDEX", "KEY", "UNIQUE", "FULLTEXT", "SPATIAL", "PRIMARY", "CONSTRAINT", "FOREIGN", "CHECK", "PARTITION");

    private static final Set<String> MODIFIERS =
            Set.of("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO", "ONLINE", "OFFLINE", "IF", "EXISTS");

    private final List<Word> words;
    private final String database;
    private final boolean foldsCase;

    /**
     * Reads a statement.
     *
     * @param sql the statement
     * @param database the one that was used when it ran
     * @param foldsCase true if the server does not tell small letters of names from large ones
     */
    LoggedStatement(String sql, String database, boolean foldsCase) {
        this.words = withoutSettings(SqlWords.of(sql));
        this.database = database;
        this.foldsCase = foldsCase;
    }

    /** MariaDB lets settings stand in front of a statement that hold for it alone. */
    private static List<Word> withoutSettings(List<Word> words) {
        if (words.size() > 2 && words.getFirst().is("SET") && words.get(1).is("STATEMENT")) {
            for (int i = 2; i < words.size(); i++) {
                if (words.get(i).is("FOR")) {
                    return words.subList(i + 1, words.size());
                }
            }
        }
        return words;
    }

    /** The first words, for people. */
    String kind() {
        return words.stream()
                .takeWhile(Word::isKeyword)
                .limit(2)
                .map(Word::upper)
                .reduce((one, other) -> one + " " + other)
                .orElse("a statement");
    }

    private Word word(int place) {
        return place < words.size() ? words.get(place) : new Word("", false, false);
    }

    private String first() {
        return word(0).upper();
    }

    /** What it means for a table. */
    Effect on(String ofDatabase, String table) {
        return switch (first()) {
            case "TRUNCATE" -> names(ofDatabase, table) ? Effect.TRUNCATED : Effect.NONE;
            case "OPTIMIZE" -> names(ofDatabase, table) ? Effect.REBUILT : Effect.NONE;
            case "DROP" -> drop(ofDatabase, table);
            case "RENAME" -> !word(1).is("USER") && names(ofDatabase, table) ? Effect.ANEW : Effect.NONE;
            case "CREATE" -> create(ofDatabase, table);
            case "ALTER" -> alter(ofDatabase, table);
            case "INSERT", "REPLACE" -> isAt(skip(1, MODIFIERS), ofDatabase, table) ? Effect.TOLD : Effect.NONE;
            default -> !HARMLESS.contains(first()) && names(ofDatabase, table) ? Effect.TOLD : Effect.NONE;
        };
    }

    private Effect drop(String ofDatabase, String table) {
        boolean gone = switch (word(1).upper()) {
            case "TABLE", "TABLES" -> names(ofDatabase, table);
            case "DATABASE", "SCHEMA" -> word(skip(2, MODIFIERS)).isName() && isSame(skip(2, MODIFIERS), ofDatabase);
            default -> false;
        };
        return gone ? Effect.ANEW : Effect.NONE;
    }

    private Effect create(String ofDatabase, String table) {
        int at = word(1).is("OR") ? 3 : 1;
        boolean maybeThere = word(at + 1).is("IF");
        int target = skip(at + 1, Set.of("IF", "NOT", "EXISTS"));
        boolean anew = switch (word(at).upper()) {
            case "TABLE" -> !maybeThere && isAt(target, ofDatabase, table);
            case "DATABASE", "SCHEMA" -> at == 3 && isSame(target, ofDatabase);
            default -> false;
        };
        return anew ? Effect.ANEW : Effect.NONE;
    }

    private Effect alter(String ofDatabase, String table) {
        int at = skip(1, MODIFIERS);
        if (!word(at).is("TABLE")) {
            return Effect.NONE;
        }
        int target = skip(at + 1, MODIFIERS);
        boolean isTarget = isAt(target, ofDatabase, table);
        if (!isTarget && !names(ofDatabase, table)) {
            return Effect.NONE;
        }
        boolean altered = false;
        for (int i = target + 1; i < words.size(); i++) {
            String next = word(i + 1).upper();
            switch (words.get(i).upper()) {
                case "RENAME" -> {
                    if (!next.equals("COLUMN") && !next.equals("INDEX") && !next.equals("KEY")) {
                        return Effect.ANEW;
                    }
                    altered |= next.equals("COLUMN");
                }
                case "EXCHANGE", "DISCARD", "IMPORT" -> {
                    return Effect.ANEW;
                }
                case "TRUNCATE" -> {
                    return isTarget ? Effect.ANEW : Effect.NONE;
                }
                case "DROP" -> {
                    if (isTarget && next.equals("PARTITION")) {
                        return Effect.ANEW;
                    }
                    altered |= !NO_COLUMN.contains(next);
                }
                case "ADD" -> altered |= !NO_COLUMN.contains(next);
                case "CONVERT" -> {
                    if (next.equals("PARTITION") || next.equals("TABLE")) {
                        return Effect.ANEW; // rows move between this table and another one
                    }
                    altered = true;
                }
                case "MODIFY", "CHANGE" -> altered = true;
                default -> {}
            }
        }
        return !isTarget ? Effect.NONE : altered ? Effect.ALTERED : Effect.REBUILT;
    }

    private int skip(int from, Set<String> some) {
        int at = from;
        while (some.contains(word(at).upper())) {
            at++;
        }
        return at;
    }

    /** True if the name of a table begins at a place, and it is this one. */
    private boolean isAt(int place, String ofDatabase, String table) {
        return word(place + 1).isSign('.')
                ? isSame(place, ofDatabase) && isSame(place + 2, table)
                : isSame(place, table) && equal(database, ofDatabase);
    }

    /** True if the statement names a table anywhere. */
    private boolean names(String ofDatabase, String table) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).isName() && isSame(i, table)) {
                String qualifier = qualifier(i);
                if (equal(qualifier == null ? database : qualifier, ofDatabase)) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable String qualifier(int place) {
        return place >= 2 && word(place - 1).isSign('.') && word(place - 2).isName()
                ? word(place - 2).text()
                : null;
    }

    /** Names in an encoding that is not known may be any. */
    private boolean isSame(int place, String name) {
        Word word = word(place);
        return word.isName() && (word.text().indexOf('\uFFFD') >= 0 || equal(word.text(), name));
    }

    private boolean equal(String one, String other) {
        return foldsCase ? one.equalsIgnoreCase(other) : one.equals(other);
    }
}
