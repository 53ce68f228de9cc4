package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import java.util.Map;

/** Changes a record. */
@FunctionalInterface
interface Step {
    /** Does it to a record of a slice. */
    void apply(Map<Object, Object> record, StreamSlice slice);

    /** What a component of this engine's own does, beyond those that manifests may name. */
    static Step of(Component component, Asking asking) {
        return switch (component.type()) {
            case "RemoveNullMembers" -> new RemoveNullMembers(component);
            case "NullifyValue" -> new NullifyValue(component);
            case "GatherFields" -> new GatherFields(component);
            case "MapToList" -> new MapToList(component);
            case "MoveNamedMember" -> new MoveNamedMember(component);
            case "TimesToIso" -> new TimesToIso(component);
            case "EpochMembers" -> new EpochMembers(component);
            case "DatesFromParts" -> new DatesFromParts(component);
            case "FacetLists" -> new FacetLists(component);
            case "VariantEntries" -> new VariantEntries(component);
            case "JoinedText" -> new JoinedText(component);
            case "RenameField" -> new RenameField(component);
            case "DropUrlParameters" -> new DropUrlParameters(component);
            case "NamedValues" -> new NamedValues(component);
            case "BreakdownValues" -> new BreakdownValues(component);
            case "ListToFields" -> new ListToFields(component);
            case "AskForRecord" -> new AskForRecord(component, asking);
            default -> throw component.unsupported();
        };
    }
}
