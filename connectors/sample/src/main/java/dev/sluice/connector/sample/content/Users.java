package dev.sluice.connector.sample.content;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.NumberText;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.time.LocalDate;
import java.util.List;

/** People, in columns of every type that is common. */
final class Users {
    private static final int NAME = "name".hashCode();
    private static final WordList NAMES = WordList.combined("~ ~", Vocabulary.FIRST_NAMES, Vocabulary.LAST_NAMES);
    /** What belongs to each name, at the same place. */
    private static final WordList MAIL_BOXES =
            WordList.combined("~.~", Vocabulary.FIRST_NAMES.plain(), Vocabulary.LAST_NAMES.plain());

    private static final WordList MAIL_HOSTS = WordList.combined("@~", Vocabulary.MAIL_DOMAINS);
    /** Numbers of the range that is kept free for films and books, but for the last two digits. */
    private static final WordList PHONES = WordList.combined("+1-~-555-01", WordList.numbers(201, 989, 1));

    private static final WordList STREETS = WordList.combined(
            "{\"street_number\":\"~\",\"street_name\":~,\"city\":",
            WordList.numbers(1, 199, 1),
            Vocabulary.STREETS.quoted());
    private static final WordList CITIES = WordList.combined(
            "~,\"state\":~,\"postal_code\":\"",
            Vocabulary.CITIES.quoted(),
            Vocabulary.STATES.quoted().and(WordList.of("null", "null", "null")));
    private static final WordList COUNTRIES =
            WordList.combined("\",\"country_code\":~}", Vocabulary.COUNTRIES.quoted());
    private static final WordList PREFERENCES = WordList.combined(
            "{\"theme\":~,\"page_size\":~,\"alerts\":{\"mail\":~,\"quiet_from\":~}}",
            Vocabulary.THEMES.quoted(),
            WordList.numbers(10, 100, 10),
            WordList.of("true", "false"),
            WordList.of("null", "\"21:00\"", "\"22:30\""));
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final DataType ADDRESS = new DataType.ObjectType(List.of(
            new Field("street_number", Types.TEXT),
            new Field("street_name", Types.TEXT),
            new Field("city", Types.TEXT),
            new Field("state", Types.TEXT),
            new Field("postal_code", Types.TEXT),
            new Field("country_code", Types.TEXT)));

    private Users() {}

    static List<SampleColumn> columns(History history) {
        return List.of(
                SampleColumn.needed(
                        SampleStream.KEY,
                        Types.INT64,
                        (out, draft, chunk, row) -> ((LongColumn.Builder) out).append(chunk.id(row))),
                SampleColumn.steady("external_id", Types.UUID, Users::uuid),
                SampleColumn.composed(
                        "name",
                        Types.TEXT,
                        (out, draft, chunk, row) ->
                                ((BytesColumn.Builder) out).append(NAMES.word(name(draft, chunk, row)))),
                SampleColumn.steady(
                        "title", Types.TEXT, Values.of(Vocabulary.TITLES).orNullOneIn(2)),
                SampleColumn.composed("email", Types.TEXT, Users::email),
                SampleColumn.changing("telephone", Types.TEXT, ((Values) Users::telephone).orNullOneIn(10)),
                SampleColumn.steady("gender", Types.TEXT, Values.of(Vocabulary.GENDERS)),
                SampleColumn.steady("language", Types.TEXT, Values.of(Vocabulary.LANGUAGES)),
                SampleColumn.steady(
                        "date_of_birth",
                        Types.DATE,
                        Values.ints(day(1935, 1, 1), day(2006, 12, 31)).orNullOneIn(20)),
                SampleColumn.steady("blood_type", Types.TEXT, Values.of(Vocabulary.BLOOD_TYPES)),
                SampleColumn.steady("height", Types.decimal(3, 2), Values.longs(148, 204)),
                SampleColumn.changing("weight", Types.INT16, Values.ints(45, 120)),
                SampleColumn.steady(
                        "academic_degree",
                        Types.TEXT,
                        Values.of(Vocabulary.DEGREES).orNullOneIn(3)),
                SampleColumn.steady("nationality", Types.TEXT, Values.of(Vocabulary.NATIONALITIES)),
                SampleColumn.changing("occupation", Types.TEXT, Values.of(Vocabulary.OCCUPATIONS)),
                SampleColumn.changing("is_active", Types.BOOL, Values.trueInPercent(85)),
                SampleColumn.changing(
                        "newsletter", Types.BOOL, Values.trueInPercent(30).orNullOneIn(5)),
                SampleColumn.changing("balance", Types.decimal(14, 2), Values.longs(-50_000, 2_500_000)),
                SampleColumn.changing("score", Types.FLOAT64, Values.doubles(0, 1, 1 << 20)),
                SampleColumn.changing("address", ADDRESS, Users::address),
                SampleColumn.changing("interests", Types.TEXTS, Values.lists(Vocabulary.INTERESTS, 4)),
                SampleColumn.changing(
                        "preferences", Types.JSON, Values.of(PREFERENCES).orNullOneIn(8)),
                SampleColumn.steady("public_key", Types.BINARY, Values.bytes(4).orNullOneIn(3)),
                SampleColumn.steady("call_time", Types.TIME, quarterHour().orNullOneIn(4)),
                SampleColumn.changing(
                        "last_login",
                        new DataType.TimestampType(3, false),
                        lastLogin().orNullOneIn(6)),
                Moments.created(history),
                Moments.updated(history));
    }

    static int day(int year, int month, int day) {
        return (int) LocalDate.of(year, month, day).toEpochDay();
    }

    /** A random UUID of version 4. */
    static void uuid(ColumnBuilder out, Draft draft) {
        long high = (draft.next() & ~0xF000L) | 0x4000L;
        long low = (draft.next() & ~(3L << 62)) | (2L << 62);
        ((WideColumn.Builder) out).append(high, low);
    }

    private static int name(Draft draft, Chunk chunk, int row) {
        return (int) draft.begin(chunk.steady(row), NAME).below(NAMES.size());
    }

    private static void email(ColumnBuilder out, Draft draft, Chunk chunk, int row) {
        int name = name(draft, chunk, row);
        ByteSink text = draft.text();
        text.put(MAIL_BOXES.word(name));
        NumberText.append(text, chunk.id(row));
        text.put(draft.one(MAIL_HOSTS));
        draft.finish(out);
    }

    private static void telephone(ColumnBuilder out, Draft draft) {
        ByteSink text = draft.text();
        text.put(draft.one(PHONES));
        NumberText.append(text, draft.between(10, 99));
        draft.finish(out);
    }

    private static void address(ColumnBuilder out, Draft draft) {
        ByteSink text = draft.text();
        text.put(draft.one(STREETS));
        text.put(draft.one(CITIES));
        NumberText.append(text, draft.between(10_000, 99_999));
        text.put(draft.one(COUNTRIES));
        draft.finish(out);
    }

    private static Values quarterHour() {
        return Values.multiples(8 * 3600 * NANOS_PER_SECOND, 20 * 3600 * NANOS_PER_SECOND, 900 * NANOS_PER_SECOND);
    }

    private static Values lastLogin() {
        return Values.multiples(Moments.micros("2024-01-01T00:00:00Z"), Moments.micros("2025-01-01T00:00:00Z"), 1000);
    }
}
