package dev.sluice.connector.file.destination.excel;

/** What stands in a workbook beside the sheet; the same in all of them, so that the same rows are the same bytes. */
final class ExcelParts {
    /** The style of cells with a day. */
    static final int DATE_STYLE = 1;

    /** The style of cells with a day and a time. */
    static final int DATE_TIME_STYLE = 2;

    /** The style of cells with a time. */
    static final int TIME_STYLE = 3;

    /** The name of the part that is the sheet. */
    static final String SHEET = "xl/worksheets/sheet1.xml";

    /** What stands before the rows. */
    static final String SHEET_BEGIN = xml("<worksheet xmlns=\"" + main() + "\"><sheetData>");

    /** What stands behind the rows. */
    static final String SHEET_END = "</sheetData></worksheet>";

    private ExcelParts() {}

    private static String main() {
        return "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    }

    private static String xml(String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + content;
    }

    /** The parts before the sheet: their names and what stands in them. */
    static String[][] before() {
        String relations = "http://schemas.openxmlformats.org/package/2006/relationships";
        String office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        String types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        return new String[][] {
            {
                "[Content_Types].xml",
                xml("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Default Extension=\"rels\""
                        + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + types + "sheet.main+xml\"/>"
                        + "<Override PartName=\"/xl/styles.xml\" ContentType=\"" + types + "styles+xml\"/>"
                        + "<Override PartName=\"/" + SHEET + "\" ContentType=\"" + types + "worksheet+xml\"/></Types>")
            },
            {
                "_rels/.rels",
                xml("<Relationships xmlns=\"" + relations + "\"><Relationship Id=\"rId1\" Type=\"" + office
                        + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")
            },
            {
                "xl/workbook.xml",
                xml("<workbook xmlns=\"" + main() + "\" xmlns:r=\"" + office
                        + "\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")
            },
            {
                "xl/_rels/workbook.xml.rels",
                xml("<Relationships xmlns=\"" + relations + "\"><Relationship Id=\"rId1\" Type=\"" + office
                        + "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + office
                        + "/styles\" Target=\"styles.xml\"/></Relationships>")
            },
            {"xl/styles.xml", xml("<styleSheet xmlns=\"" + main() + "\">" + formats() + styles() + "</styleSheet>")},
        };
    }

    private static String formats() {
        return "<numFmts count=\"3\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"
                + "<numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss.000\"/>"
                + "<numFmt numFmtId=\"166\" formatCode=\"hh:mm:ss.000\"/></numFmts>";
    }

    private static String styles() {
        StringBuilder cells = new StringBuilder("<cellXfs count=\"4\">");
        for (int format : new int[] {0, 164, 165, 166}) {
            cells.append("<xf numFmtId=\"")
                    .append(format)
                    .append("\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>");
        }
        return "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills"
                + " count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill"
                + " patternType=\"gray125\"/></fill></fills><borders"
                + " count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs"
                + " count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
                + cells + "</cellXfs>"
                + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";
    }
}
