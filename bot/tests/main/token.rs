//! A token that is valid again, without a restart.

use crate::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_given_back_is_tried_each_minute_and_everything_goes_on() {
    let house = House::new().await;
    house.telegram.set_token("9999999999:other");
    house.hand_over_silently("content_plan").await;
    house.bot.deliver_tick(house.now()).await.unwrap();
    assert!(house.bot.is_token_dead() && house.outbox("ready").await > 0);
    house.telegram.set_token(&sandbox::Options::default().token);
    house.bot.revive().await.unwrap();
    assert!(house.bot.is_token_dead(), "less than a minute has passed");
    house.later(60);
    house.bot.revive().await.unwrap();
    assert!(!house.bot.is_token_dead());
    house.settle().await;
    assert_eq!((house.outbox("ready").await, house.outbox("failed").await), (0, 0));
}
