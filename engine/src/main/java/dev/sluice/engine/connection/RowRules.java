package dev.sluice.engine.connection;

import dev.sluice.engine.map.MapperSetting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may become of the rows of a stream on their way.
 *
 * @param lossyAccepted true if the user consents to columns that cannot hold every value of their field
 * @param rejects what becomes of records that cannot be moved as they are; null for the rules of the connection
 * @param mappers what is done to the rows, in this order
 * @param object which objects they become behind the mappers; null if they are copied into a place that is made for them
 */
public record RowRules(
        boolean lossyAccepted,
        @Nullable RejectRules rejects,
        List<MapperSetting> mappers,
        @Nullable ObjectSettings object) {
    /** What the connection says. */
    public static final RowRules USUAL = new RowRules(false, null, List.of(), null);

    public RowRules {
        mappers = List.copyOf(mappers);
    }

    /** Rules for rows to which nothing is done. */
    public RowRules(boolean lossyAccepted, @Nullable RejectRules rejects) {
        this(lossyAccepted, rejects, List.of(), null);
    }

    /** Rules for rows that are copied into a place that is made for them. */
    public RowRules(boolean lossyAccepted, @Nullable RejectRules rejects, List<MapperSetting> mappers) {
        this(lossyAccepted, rejects, mappers, null);
    }

    /** The same with other mappers. */
    public RowRules with(List<MapperSetting> others) {
        return new RowRules(lossyAccepted, rejects, others, object);
    }
}
