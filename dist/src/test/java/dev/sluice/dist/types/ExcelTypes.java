package dev.sluice.dist.types;

import java.util.List;

/** What cells of a workbook can hold; the type is empty where the cells tell it. */
final class ExcelTypes {
    /** How numbers are shown, by the number of the style. */
    static final String[] FORMATS = {"General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss", "[h]:mm:ss"};

    private static final int DAY = 1;
    private static final int MOMENT = 2;
    private static final int TIME = 3;
    private static final int DURATION = 4;

    private ExcelTypes() {}

    static List<NativeColumn> all() {
        return Stock.joined(numbers(), texts(), times(), TextTypes.declared());
    }

    private static List<NativeColumn> numbers() {
        return List.of(
                found("whole numbers")
                        .made(number(0, "-999999999999999"), "-999999999999999")
                        .made(number(0, "7"), "7"),
                found("numbers")
                        .made(number(0, "0.1"), "0.1")
                        .made(number(0, "-12.5"), "-12.5")
                        .made(number(0, "1E+300"), "1.0E300"),
                found("results of formulas").made("<c><f>1+1</f><v>2</v></c>", "2"),
                found("TRUE, FALSE").made("<c t='b'><v>1</v></c>", "true").made("<c t='b'><v>0</v></c>", "false"),
                found("numbers and errors").made(number(0, "1"), "1").lost("#N/A"));
    }

    private static List<NativeColumn> texts() {
        return List.of(
                found("texts").plain(Stock.TEXTS).plain("a\u0000b", "_x0041_", "ä".repeat(32_767)),
                found("texts of digits").plain("007"),
                found("texts and numbers").plain("x").made(number(0, "1.5"), "1.5"),
                NativeColumn.of("json").plain("{\"a\": [1, null]}", "0.10"),
                NativeColumn.of("uuid").plain(Stock.UUIDS));
    }

    private static List<NativeColumn> times() {
        return List.of(
                found("days")
                        .made(number(DAY, "61"), "1900-03-01")
                        .made(number(DAY, "45351"), "2024-02-29")
                        .made(number(DAY, "2958465"), "9999-12-31"),
                found("moments")
                        .made(number(MOMENT, "45351.52425925926"), "2024-02-29T12:34:56")
                        .made(number(MOMENT, "45351.524260682870"), "2024-02-29T12:34:56.123"),
                found("times of day").made(number(TIME, "0.52425925925925927"), "12:34:56"),
                NativeColumn.of("time", "times of day, as time").made(number(TIME, "0.52425925925925927"), "12:34:56"),
                found("durations").made(number(DURATION, "1.5"), "36:00:00"));
    }

    private static NativeColumn found(String what) {
        return NativeColumn.of("", what);
    }

    private static String number(int format, String digits) {
        return "<c s='" + format + "'><v>" + digits + "</v></c>";
    }
}
