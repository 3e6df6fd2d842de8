-- Books a payment: it takes the offers' locks too, while others are ordering from them, so it is one statement as well.
--
-- Answers `sold`; `stale` when this payment was booked before; `late` when the order has ended, or another of its payments
-- was quicker, and the money must go back.
-- Locks: offers, lot stocks, the order, each in id order; what is decided is decided under them.
CREATE OR REPLACE FUNCTION trade_book_payment(
  p_payment bigint, p_provider_ref text, p_paid_at timestamptz, p_now timestamptz, p_channel text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  p_order bigint;
  state_now text;
  frame record;
BEGIN
  SELECT order_id INTO p_order FROM trade_payment WHERE id = p_payment;
  PERFORM 1 FROM trade_offer WHERE id IN (SELECT offer_id FROM trade_orderline WHERE order_id = p_order)
  ORDER BY id FOR NO KEY UPDATE;
  PERFORM 1 FROM trade_lotstock WHERE lot_id IN (SELECT lot_id FROM trade_orderline WHERE order_id = p_order)
  ORDER BY lot_id FOR NO KEY UPDATE;
  SELECT state INTO state_now FROM trade_order WHERE id = p_order FOR NO KEY UPDATE;

  UPDATE trade_payment SET paid_at = p_paid_at, provider_ref = p_provider_ref
  WHERE id = p_payment AND paid_at IS NULL;
  IF NOT FOUND THEN
    RETURN 'stale';
  END IF;
  IF state_now <> 'reserved' THEN
    RETURN 'late';
  END IF;

  UPDATE trade_order SET state = 'paid', paid_at = p_now WHERE id = p_order;
  INSERT INTO trade_orderstep (order_id, state, at, why) VALUES (p_order, 'paid', p_now, '');
  UPDATE trade_reservation SET state = 'sold', changed_at = p_now
  WHERE line_id IN (SELECT id FROM trade_orderline WHERE order_id = p_order);
  UPDATE trade_lotstock stock SET reserved = reserved - taken.units, sold = sold + taken.units
  FROM (SELECT lot_id, sum(packs * pack_units) AS units FROM trade_orderline WHERE order_id = p_order GROUP BY lot_id)
    AS taken
  WHERE stock.lot_id = taken.lot_id;
  UPDATE trade_offer offer SET held = held - taken.packs, sold = sold + taken.packs
  FROM (SELECT offer_id, sum(packs) AS packs FROM trade_orderline WHERE order_id = p_order GROUP BY offer_id) AS taken
  WHERE offer.id = taken.offer_id;

  FOR frame IN
    SELECT o.session_id, json_object_agg(o.id::text, trade_room_frame(o)::jsonb - 'stopped') AS offers
    FROM trade_offer o WHERE o.id IN (SELECT offer_id FROM trade_orderline WHERE order_id = p_order)
    GROUP BY o.session_id
  LOOP
    PERFORM pg_notify(p_channel, json_build_object('s', frame.session_id, 'offers', frame.offers)::text);
  END LOOP;
  RETURN 'sold';
END $$;
