-- What a room shows of an offer: packs left to buy, sold and offered, the price, and whether it is on sale. The one maker
-- of such a frame, whoever tells of the offer: an order, a payment, an operation in Python, a page that is opened.
-- Rooms read the packs offered as `units`: keys of JSON are a contract.
-- A lot whose sale is stopped has nothing left to buy, whatever its offers say. Orders and payments leave out `stopped`:
-- begun before a stop and committed after it, they must not put the goods back on sale in rooms that were told of it.
CREATE OR REPLACE FUNCTION trade_room_frame(o trade_offer) RETURNS json LANGUAGE plpgsql STABLE AS $$
DECLARE
  stopped boolean;
BEGIN
  SELECT l.state <> 'open' INTO stopped FROM catalog_lot l WHERE l.id = o.lot_id;
  RETURN json_build_object(
    'left', CASE WHEN o.state = 'open' AND NOT stopped THEN o.packs - o.held - o.sold ELSE 0 END,
    'sold', o.sold, 'units', o.packs, 'price_fen', o.price_fen, 'state', o.state, 'stopped', stopped);
END $$;
