package dev.sluice.dist.types;

import dev.sluice.dist.types.NativeColumn.Sample;
import dev.sluice.dist.types.Plans.Column;
import dev.sluice.testkit.file.ExcelReading;
import dev.sluice.testkit.file.WorkbookMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workbooks. A value is a text, an error that begins with #, or what stands in the XML of its cell. */
final class ExcelSide extends FileSide {
    ExcelSide(Path folder) {
        super(folder);
    }

    @Override
    public String name() {
        return "xlsx";
    }

    @Override
    public List<NativeColumn> columns() {
        return ExcelTypes.all();
    }

    @Override
    void write(Path file, Content content) throws IOException {
        StringBuilder rows = new StringBuilder("<row>").append(WorkbookMaker.cell(ID));
        content.names().forEach(name -> rows.append(WorkbookMaker.cell(name)));
        int id = 1;
        for (List<@Nullable Sample> row : content.rows()) {
            rows.append("</row><row><c><v>").append(id++).append("</v></c>");
            row.forEach(sample -> rows.append(cell(sample)));
        }
        WorkbookMaker.of(rows.append("</row>").toString())
                .formats(ExcelTypes.FORMATS)
                .write(file);
    }

    private static String cell(@Nullable Sample sample) {
        if (sample == null) {
            return "<c/>";
        }
        if (sample.input().startsWith("#")) {
            return "<c t='e'><v>" + sample.input() + "</v></c>";
        }
        return sample.quoted() ? WorkbookMaker.cell(sample.input()) : sample.input();
    }

    @Override
    List<Stored> read(Path folder, List<Column> columns) throws IOException {
        List<Stored> rows = new ArrayList<>();
        for (Path file : files(folder)) {
            rows.addAll(stored(ExcelReading.read(file), columns));
        }
        return rows;
    }
}
