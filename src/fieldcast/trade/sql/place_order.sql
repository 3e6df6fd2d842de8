-- Places an order: hundreds of buyers press at once, and the offer's row is locked for as long as the database takes to
-- run this, not for as long as a busy Python process takes to come back with the next statement.
--
-- It answers with what happened, and raises only when the database itself refuses. What it refuses it has not begun.
-- Locks: offer, then lot stock. Called by trade/orders, which turns the answer into words.
CREATE OR REPLACE FUNCTION trade_place_order(
  p_offer bigint, p_buyer bigint, p_key text, p_hash text, p_units int, p_seen_price_fen int,
  p_number text, p_province text, p_delivery text, p_now timestamptz, p_channel text
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  offer trade_offer;
  earlier trade_order;
  placed trade_order;
  session record;
  yours bigint;
  yours_held bigint;
  packs_left int;
  refusal text;
  locked boolean;
  line bigint;
BEGIN
  -- Looked at twice: without the lock, so that those who cannot buy do not queue with those who can; then under it.
  FOREACH locked IN ARRAY ARRAY[false, true] LOOP
    IF locked THEN
      SELECT * INTO offer FROM trade_offer WHERE id = p_offer FOR NO KEY UPDATE;
    ELSE
      SELECT * INTO offer FROM trade_offer WHERE id = p_offer;
    END IF;
    IF offer.id IS NULL THEN
      RETURN jsonb_build_object('outcome', 'no_such_offer');
    END IF;

    SELECT * INTO earlier FROM trade_order WHERE buyer_id = p_buyer AND idempotency_key = p_key;
    IF FOUND THEN
      RETURN trade_order_answer(earlier, p_hash);
    END IF;

    SELECT s.state, s.hold_seconds, s.cooperative_id, l.state AS lot_state INTO session
    FROM live_session s, catalog_lot l WHERE s.id = offer.session_id AND l.id = offer.lot_id;
    SELECT coalesce(sum(units), 0), coalesce(sum(units) FILTER (WHERE state = 'held'), 0) INTO yours, yours_held
    FROM trade_reservation WHERE offer_id = p_offer AND buyer_id = p_buyer AND state IN ('held', 'sold');
    packs_left := offer.units - offer.held - offer.sold;

    refusal := CASE
      WHEN session.state <> 'live' THEN 'session_not_live'
      WHEN offer.state <> 'open' THEN 'offer_closed'
      WHEN session.lot_state <> 'open' THEN 'lot_stopped'
      WHEN offer.price_fen <> p_seen_price_fen THEN 'price_changed'
      WHEN yours + p_units > offer.per_buyer_limit THEN 'over_limit'
      WHEN p_units > packs_left THEN 'sold_out'
    END;
    IF refusal IS NOT NULL THEN
      RETURN jsonb_build_object(
        'outcome', refusal, 'price_fen', offer.price_fen, 'left', packs_left, 'held', offer.held - yours_held,
        'yours', yours, 'limit', offer.per_buyer_limit, 'hold_seconds', session.hold_seconds);
    END IF;
  END LOOP;

  INSERT INTO trade_order (
    county_id, number, session_id, buyer_id, seller_id, state, idempotency_key, request_hash, total_fen, province,
    delivery, placed_at, expires_at, end_reason)
  VALUES (
    offer.county_id, p_number, offer.session_id, p_buyer, session.cooperative_id, 'reserved', p_key, p_hash,
    p_units * offer.price_fen, p_province, p_delivery, p_now, p_now + make_interval(secs => session.hold_seconds), '')
  ON CONFLICT (buyer_id, idempotency_key) DO NOTHING RETURNING * INTO placed;
  IF placed.id IS NULL THEN  -- the same key came for another offer at this very moment
    SELECT * INTO earlier FROM trade_order WHERE buyer_id = p_buyer AND idempotency_key = p_key;
    RETURN trade_order_answer(earlier, p_hash);
  END IF;
  INSERT INTO trade_orderstep (order_id, state, by_id, at, why) VALUES (placed.id, 'reserved', p_buyer, p_now, '');
  INSERT INTO trade_orderline (
    order_id, offer_id, lot_id, agreement_version_id, units, pack_units, price_fen, total_fen, refunded_fen)
  VALUES (
    placed.id, offer.id, offer.lot_id, offer.agreement_version_id, p_units, offer.pack_units, offer.price_fen,
    placed.total_fen, 0)
  RETURNING id INTO line;
  INSERT INTO trade_reservation (line_id, offer_id, lot_id, buyer_id, units, lot_units, state, changed_at)
  VALUES (line, offer.id, offer.lot_id, p_buyer, p_units, p_units * offer.pack_units, 'held', p_now);

  UPDATE trade_offer SET held = held + p_units WHERE id = offer.id RETURNING * INTO offer;
  UPDATE trade_lotstock SET
    on_hand = on_hand - p_units * offer.pack_units,
    allocated = allocated - p_units * offer.pack_units,
    reserved = reserved + p_units * offer.pack_units
  WHERE lot_id = offer.lot_id;
  PERFORM pg_notify(p_channel, json_build_object(
    's', offer.session_id, 'offers', json_build_object(offer.id::text, trade_room_frame(offer)))::text);
  RETURN trade_order_answer(placed, p_hash) || jsonb_build_object('outcome', 'placed');
END $$;
