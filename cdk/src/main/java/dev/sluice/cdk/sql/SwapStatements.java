package dev.sluice.cdk.sql;

import java.util.List;

/** Says how a database puts a staged table in the place of a target. */
@FunctionalInterface
public interface SwapStatements {
    /**
     * The statements, run in order in one transaction with the ledger's entry.
     *
     * @param staged the new table
     * @param target where it goes
     * @param targetExists true if an older table stands there and has to go
     */
    List<String> replace(TableName staged, TableName target, boolean targetExists);

    /** The statements that remove what the swap left over, run once the ledger says that the target is published. */
    default List<String> afterwards(TableName target) {
        return List.of();
    }
}
